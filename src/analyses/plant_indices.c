/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Concentration beyond that of plants: indices, and their bounds where only classes of size are known.
 */
#include "analyses/plant_indices.h"

#include <math.h>

#include "analyses/result.h"

enum {
    PLANTS_INDUSTRY,
    PLANTS_PERIOD,
    COUNT,
    PLANT_HERFINDAHL,
    RAW,
    EXPECTED,
    VARIANCE,
    Z,
    H_LEAST,
    H_MOST,
    GAMMA_LEAST,
    GAMMA_MOST,
    MS_LEAST,
    MS_MOST
};

okrug_status okrug_plant_indices_read(okrug_ctx *ctx, const okrug_table *plants, const okrug_table *classes,
                                      const okrug_panel *panel, const okrug_distribution *over,
                                      okrug_plant_indices *out) {
    *out = (okrug_plant_indices){.scale = (double)NAN, .given = plants != NULL || classes != NULL};
    OKRUG_TRY(okrug_plant_structure_new(ctx, panel->industries, &out->structure));
    if (!out->given) {
        return OKRUG_OK;
    }
    double **arrays[] = {&out->of.raw, &out->of.excess, &out->of.expected, &out->of.variance};
    for (int i = 0; i < OKRUG_COUNT_OF(arrays); i++) {
        *arrays[i] = OKRUG_SCRATCH(ctx, panel->industries, double);
        if (*arrays[i] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    OKRUG_TRY(plants == NULL ? OKRUG_OK : okrug_plants_read(ctx, plants, panel, &out->structure));
    OKRUG_TRY(classes == NULL ? OKRUG_OK : okrug_size_classes_read(ctx, classes, panel, &out->structure));
    return okrug_plant_concentration_of(ctx, over->regions, panel->industries, over->value, over->reference,
                                        out->structure.sizes.herfindahl, out->structure.sizes.fourth, &out->of,
                                        &out->scale);
}

/* With H not known (`unknown`), or H = h. */
static okrug_reason no_index(const okrug_plant_indices *p, okrug_reason unknown, double h, okrug_reason none,
                             okrug_reason otherwise) {
    return unknown != OKRUG_PRESENT  ? unknown
           : none != OKRUG_UNDEFINED ? none
           : !(h < 1.0)              ? OKRUG_BELOW_GRAIN /* one plant */
           : p->scale > 0.0          ? otherwise
                                     : OKRUG_CONSTANT; /* one region */
}

okrug_reason okrug_no_plant_index(const okrug_plant_indices *p, int64_t i, okrug_reason none) {
    return no_index(p, (okrug_reason)p->structure.reason[i], p->structure.sizes.herfindahl[i], none, OKRUG_UNDEFINED);
}

/* The index falls with H where measure < scale, else it rises. It has no bound on the side where one plant may have
 * everything (H = 1). */
static okrug_status write_range(const okrug_plant_indices *p, int64_t i, double measure, okrug_reason none, int column,
                                okrug_table *table, int64_t row) {
    const okrug_plant_structure *s = &p->structure;
    double first = okrug_beyond_plants(measure, p->scale, s->least[i]);
    double last = okrug_beyond_plants(measure, p->scale, s->most[i]);
    bool falls = measure < p->scale;
    okrug_reason reason = no_index(p, (okrug_reason)s->bound_reason[i], s->least[i], none, OKRUG_NO_BOUND);
    OKRUG_TRY(okrug_set_number_or(table, column, row, falls ? last : first, reason));
    return okrug_set_number_or(table, column + 1, row, falls ? first : last, reason);
}

okrug_status okrug_plant_indices_write(const okrug_panel *panel, int64_t i, const okrug_plant_indices *p,
                                       okrug_reason none, okrug_table *table, int64_t row) {
    const okrug_plant_structure *s = &p->structure;
    okrug_reason unknown = (okrug_reason)s->reason[i], unbound = (okrug_reason)s->bound_reason[i];
    double variance = p->of.variance[i];
    OKRUG_TRY(okrug_result_text(table, PLANTS_INDUSTRY, row, panel->industry[i]));
    OKRUG_TRY(okrug_result_text(table, PLANTS_PERIOD, row, panel->period));
    OKRUG_TRY(okrug_set_number_or(table, COUNT, row, s->count[i], unbound));
    OKRUG_TRY(okrug_set_number_or(table, PLANT_HERFINDAHL, row, s->sizes.herfindahl[i], unknown));
    OKRUG_TRY(okrug_set_number_or(table, RAW, row, p->of.raw[i], none));
    OKRUG_TRY(okrug_set_number_or(table, EXPECTED, row, p->of.expected[i], unknown == OKRUG_PRESENT ? none : unknown));
    OKRUG_TRY(okrug_set_number_or(table, VARIANCE, row, variance, unknown == OKRUG_PRESENT ? none : unknown));
    double h = s->sizes.herfindahl[i]; /* of one plant there is no chance that could have put it elsewhere */
    double z = h < 1.0 && variance > 0.0 ? (p->of.raw[i] - p->of.expected[i]) / sqrt(variance) : (double)NAN;
    okrug_reason no_z = unknown != OKRUG_PRESENT  ? unknown
                        : none != OKRUG_UNDEFINED ? none
                        : !(h < 1.0)              ? OKRUG_BELOW_GRAIN
                                                  : OKRUG_CONSTANT;
    OKRUG_TRY(okrug_set_number_or(table, Z, row, z, no_z));
    OKRUG_TRY(okrug_set_number_or(table, H_LEAST, row, s->least[i], unbound));
    OKRUG_TRY(okrug_set_number_or(table, H_MOST, row, s->most[i], unbound));
    OKRUG_TRY(write_range(p, i, p->of.raw[i], none, GAMMA_LEAST, table, row));
    return write_range(p, i, p->of.excess[i], none, MS_LEAST, table, row);
}
