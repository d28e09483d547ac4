/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The card of a cluster: what it and its projects need, and what there is of it.
 */
#include <math.h>
#include <string.h>

#include "platform/card.h"

static bool same(const char *a, const char *b) {
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

okrug_card_supply okrug_card_supply_of(const okrug_card *c, int64_t need) {
    const okrug_registry *r = c->r;
    const char *kind = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "kind", need);
    const char *operation = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "operation", need);
    okrug_card_supply there = {.idle_hours = NAN};
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_FACILITIES); row++) {
        there.facilities += okrug_registry_in_force(r, OKRUG_REGISTRY_FACILITIES, row) &&
                            same(okrug_registry_text(r, OKRUG_REGISTRY_FACILITIES, "kind", row), kind);
    }
    for (int64_t row = 0; row < okrug_registry_rows(r, OKRUG_REGISTRY_EQUIPMENT); row++) {
        if (same(okrug_registry_text(r, OKRUG_REGISTRY_EQUIPMENT, "operation", row), operation)) {
            double count = okrug_registry_number(r, OKRUG_REGISTRY_EQUIPMENT, "count", row);
            double idle = okrug_registry_number(r, OKRUG_REGISTRY_EQUIPMENT, "idle_hours", row);
            there.machines += isnan(count) ? 1 : (int64_t)count;
            there.idle_hours =
                isnan(idle) ? there.idle_hours : idle + (isnan(there.idle_hours) ? 0.0 : there.idle_hours);
        }
    }
    return there;
}

int64_t okrug_card_promise_of(const okrug_card *c, int64_t need) {
    const char *code = okrug_registry_text(c->r, OKRUG_REGISTRY_NEEDS, "obligation", need);
    for (int64_t row = 0; row < okrug_registry_rows(c->r, OKRUG_REGISTRY_OBLIGATIONS); row++) {
        if (same(okrug_registry_text(c->r, OKRUG_REGISTRY_OBLIGATIONS, "obligation", row), code)) {
            return row;
        }
    }
    return -1;
}

static okrug_status tell_need(okrug_card *c, okrug_table *table, int64_t row) {
    static const char *const last[] = {"kind", "operation", "name"};
    const okrug_registry *r = c->r;
    const char *firm = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "firm", row);
    const char *due = okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "due", row);
    const char *done = okrug_card_done(c, OKRUG_REGISTRY_NEEDS, row);
    okrug_card_supply there = okrug_card_supply_of(c, row);
    okrug_told_row told = okrug_told_begin(table);
    okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "need", row));
    okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "project", row));
    okrug_told_text(&told, firm);
    okrug_told_text(&told, okrug_card_firm_name(c, firm));
    for (size_t i = 0; i < sizeof last / sizeof *last; i++) {
        okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, last[i], row));
    }
    okrug_told_number(&told, okrug_registry_number(r, OKRUG_REGISTRY_NEEDS, "quantity", row));
    okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "measure", row));
    okrug_told_text(&told, due);
    okrug_told_text(&told, done);
    okrug_told_truth(&told, okrug_registry_late(r, due, done));
    okrug_told_number(&told, (double)there.facilities);
    okrug_told_number(&told, (double)there.machines);
    okrug_told_number(&told, there.idle_hours);
    okrug_told_text(&told, okrug_registry_text(r, OKRUG_REGISTRY_NEEDS, "obligation", row));
    return told.status;
}

okrug_status okrug_card_tell_needs(okrug_card *c) {
    okrug_table *table = okrug_registry_tell(c->r, "needs",
                                             "t:need t:project t:firm t:firm_name t:kind t:operation t:name x:quantity "
                                             "t:measure t:due t:done b:late c:facilities c:machines x:idle_hours "
                                             "t:obligation");
    if (table == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t row = 0; row < okrug_registry_rows(c->r, OKRUG_REGISTRY_NEEDS); row++) {
        if (okrug_card_needs(c, row)) {
            OKRUG_TRY(tell_need(c, table, row));
        }
    }
    return OKRUG_OK;
}
