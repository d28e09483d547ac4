/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tidy rows -> two matrices over the same regions and industries.
 */
#include "analyses/two_dates.h"

#include <string.h>

#include "analyses/periods.h"

/* ---- Which periods ---------------------------------------------------------------------------------------------- */

/* The place of the panel of that name; without one of the first (sign 1) or last (-1). -1: none. */
static int64_t choose(const okrug_panels *panels, const char *name, int sign) {
    int64_t chosen = -1;
    bool numbers = okrug_periods_are_numbers(panels);
    for (int64_t k = 0; k < panels->count; k++) {
        const char *period = panels->panel[k].period;
        if (name != NULL) {
            chosen = strcmp(period, name) == 0 ? k : chosen;
        } else if (chosen < 0 || sign * okrug_periods_compare(period, panels->panel[chosen].period, numbers) < 0) {
            chosen = k;
        }
    }
    return chosen;
}

okrug_status okrug_periods_choose(okrug_ctx *ctx, const char *file, const okrug_panels *panels, const char *from,
                                  const char *to, int64_t chosen[2]) {
    const okrug_place place = {.file = file};
    const char *const name[2] = {from, to};
    const char *known = "";
    for (int64_t k = 0; k < panels->count; k++) {
        known = okrug_text_listed(ctx, known, panels->panel[k].period);
    }
    okrug_status status = OKRUG_OK;
    for (int i = 0; i < 2; i++) {
        chosen[i] = choose(panels, name[i], i == 0 ? 1 : -1);
        if (chosen[i] < 0) {
            status =
                okrug_fail(ctx, OKRUG_BAD_INPUT, "no-period", &place, "period", name[i], "known", known, (char *)NULL);
        }
    }
    OKRUG_TRY(status);
    if (chosen[0] == chosen[1]) {
        return okrug_fail(ctx, OKRUG_BAD_INPUT, "two-periods-needed", &place, "known", known, (char *)NULL);
    }
    if (panels->count > 2 && (from == NULL || to == NULL)) {
        okrug_warn(ctx, "periods-chosen", &place, "from", panels->panel[chosen[0]].period, "to",
                   panels->panel[chosen[1]].period, (char *)NULL);
    }
    return OKRUG_OK;
}

static okrug_status choose_both(okrug_ctx *ctx, const okrug_table *table, const okrug_panels *panels, const char *from,
                                const char *to, const okrug_panel *chosen[2]) {
    int64_t place[2] = {0, 0};
    OKRUG_TRY(okrug_periods_choose(ctx, table->file, panels, from, to, place));
    chosen[0] = &panels->panel[place[0]];
    chosen[1] = &panels->panel[place[1]];
    return OKRUG_OK;
}

/* ---- Codes of either -------------------------------------------------------------------------------------------- */

typedef struct {
    int64_t count, first; /* in all; of the first period */
    const char **code;
    int64_t *place[2]; /* of each code of each period */
} joined;

static okrug_status join(okrug_ctx *ctx, const okrug_words *words, const char *const *a, int64_t a_count,
                         const char *const *b, int64_t b_count, joined *out) {
    int64_t *place = OKRUG_SCRATCH(ctx, okrug_words_count(words), int64_t);
    *out = (joined){.first = a_count,
                    .code = OKRUG_SCRATCH(ctx, a_count + b_count, const char *),
                    .place = {OKRUG_SCRATCH(ctx, a_count, int64_t), OKRUG_SCRATCH(ctx, b_count, int64_t)}};
    if (place == NULL || out->code == NULL || out->place[0] == NULL || out->place[1] == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, (size_t)okrug_words_count(words) * sizeof *place);
    for (int64_t k = 0; k < a_count + b_count; k++) {
        bool second = k >= a_count;
        const char *code = second ? b[k - a_count] : a[k];
        int32_t word = okrug_words_find(words, code, strlen(code));
        if (place[word] < 0) {
            place[word] = out->count;
            out->code[out->count++] = code;
        }
        out->place[second][second ? k - a_count : k] = place[word];
    }
    return OKRUG_OK;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static void put(const okrug_panel *panel, const joined *regions, const joined *industries, int date,
                okrug_two_dates *out) {
    double *value = date == 0 ? out->start : out->end;
    for (int64_t k = 0; k < panel->rows; k++) {
        int64_t from = panel->cell[k];
        int64_t r = regions->place[date][from / panel->industries];
        int64_t i = industries->place[date][from % panel->industries];
        int64_t cell = r * out->industries + i;
        okrug_reason reason = (okrug_reason)panel->reason[from];
        out->listed[cell] |= date == 0 ? 1U : 2U;
        value[cell] = panel->value[from];
        if (reason != OKRUG_PRESENT && reason != OKRUG_STRUCTURAL_ZERO) {
            out->reason[cell] = (uint8_t)reason;
        }
    }
}

static void leave_out_missing(okrug_two_dates *out) {
    for (int64_t cell = 0; cell < out->regions * out->industries; cell++) {
        if (out->reason[cell] != OKRUG_PRESENT) {
            out->start[cell] = out->end[cell] = 0.0;
            out->missing++;
        }
    }
}

/* stays[k]: both periods have rows of code k. */
static okrug_status find_stayers(okrug_ctx *ctx, const joined *codes, int64_t second, okrug_one_date *once,
                                 bool **stays) {
    *stays = OKRUG_SCRATCH_ZERO(ctx, codes->count, bool);
    if (*stays == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t k = 0; k < second; k++) {
        (*stays)[codes->place[1][k]] = codes->place[1][k] < codes->first;
    }
    for (int64_t k = 0; k < codes->count; k++) {
        if (!(*stays)[k]) {
            once->first = once->count++ == 0 ? codes->code[k] : once->first;
        }
    }
    return OKRUG_OK;
}

static void leave_out_absent(const bool *region_stays, const bool *industry_stays, okrug_two_dates *out) {
    for (int64_t cell = 0; cell < out->regions * out->industries; cell++) {
        bool known = region_stays[cell / out->industries] && industry_stays[cell % out->industries];
        if (!known && out->reason[cell] == OKRUG_PRESENT) {
            out->reason[cell] = OKRUG_NO_ROW;
            out->start[cell] = out->end[cell] = 0.0;
        }
    }
}

okrug_status okrug_two_dates_read(okrug_ctx *ctx, const okrug_table *table, const char *from, const char *to,
                                  bool absent_is_unknown, okrug_two_dates *out) {
    okrug_panels panels = {0};
    const okrug_panel *chosen[2] = {NULL, NULL};
    joined regions = {0};
    joined industries = {0};
    OKRUG_TRY(okrug_panels_read(ctx, table, &panels));
    OKRUG_TRY(choose_both(ctx, table, &panels, from, to, chosen));
    OKRUG_TRY(join(ctx, okrug_table_column(table, "region")->words, chosen[0]->region, chosen[0]->regions,
                   chosen[1]->region, chosen[1]->regions, &regions));
    OKRUG_TRY(join(ctx, okrug_table_column(table, "industry")->words, chosen[0]->industry, chosen[0]->industries,
                   chosen[1]->industry, chosen[1]->industries, &industries));
    int64_t cells = regions.count * industries.count;
    *out = (okrug_two_dates){.from = chosen[0]->period,
                             .to = chosen[1]->period,
                             .regions = regions.count,
                             .industries = industries.count,
                             .region = regions.code,
                             .industry = industries.code,
                             .start = OKRUG_SCRATCH_ZERO(ctx, cells, double),
                             .end = OKRUG_SCRATCH_ZERO(ctx, cells, double),
                             .reason = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t),
                             .listed = OKRUG_SCRATCH_ZERO(ctx, cells, uint8_t)};
    if (out->start == NULL || out->end == NULL || out->reason == NULL || out->listed == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int date = 0; date < 2; date++) {
        put(chosen[date], &regions, &industries, date, out);
    }
    leave_out_missing(out);
    bool *region_stays = NULL;
    bool *industry_stays = NULL;
    OKRUG_TRY(find_stayers(ctx, &regions, chosen[1]->regions, &out->region_once, &region_stays));
    OKRUG_TRY(find_stayers(ctx, &industries, chosen[1]->industries, &out->industry_once, &industry_stays));
    if (absent_is_unknown) {
        leave_out_absent(region_stays, industry_stays, out);
    }
    return OKRUG_OK;
}
