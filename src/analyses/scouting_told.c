/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Warnings of `scouting`: what is left out, what is added up though it should not be, who may be gone.
 */
#include "analyses/scouting_told.h"

#include <okrug/dated.h>

static void tell_count(okrug_ctx *ctx, const char *code, const okrug_place *place, int64_t count) {
    if (count > 0) {
        okrug_warn(ctx, code, place, "count", okrug_text_integer(ctx, count), (char *)NULL);
    }
}

/* Without a day those that are gone are offered like the others. */
static void tell_of_ended(okrug_ctx *ctx, const okrug_scouting_tables *t) {
    const okrug_column *until = okrug_table_column(t->firms, "until");
    int64_t count = 0, first = 0;
    for (int64_t row = 0; t->day == NULL && until != NULL && row < t->firms->rows; row++) {
        if (okrug_text_at(until, row) != NULL) {
            first = count++ == 0 ? row : first;
        }
    }
    okrug_place place = okrug_table_place(t->firms, first, "until");
    tell_count(ctx, "firms-end-some-day", &place, count);
}

void okrug_scouting_tell(okrug_ctx *ctx, const okrug_scouting_tables *t, const okrug_scouting *s) {
    okrug_place place = {.file = t->contracts->file};
    okrug_place stranger = okrug_table_place(t->participants, s->first_stranger, "firm");
    tell_of_ended(ctx, t);
    okrug_dated_warn(ctx, t->firms);
    tell_count(ctx, "members-not-among-firms", &stranger, s->strangers);
    tell_count(ctx, "purchases-without-product", &place, s->without_product);
    tell_count(ctx, "purchases-without-supplier", &place, s->without_supplier);
    if (s->mixes_vat) {
        okrug_warn(ctx, "contracts-mix-vat", &place, (char *)NULL);
    }
    if (s->member_ptr[okrug_words_count(s->code)] == 0) {
        okrug_warn(ctx, "no-members-on-day", &(okrug_place){.file = t->participants->file}, (char *)NULL);
    } else if (s->purchases == 0) {
        okrug_warn(ctx, "no-outside-purchases", &place, (char *)NULL);
    }
}
