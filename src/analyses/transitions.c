/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * transitions: how regions move between classes of a value from period to period, where that leads, and whether it
 * depends on the neighbours.
 */
#include <math.h>

#include <okrug/numeric.h>
#include <okrug/transitions.h>

#include "analyses/list.h"
#include "analyses/region_links.h"
#include "analyses/result.h"
#include "analyses/transition_classes.h"

static const okrug_role value_roles[] = {
    {"region", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"period", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"value", OKRUG_NUMBER, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_OWN},
};
static const okrug_role link_roles[] = {OKRUG_REGION_LINK_ROLES};
enum { INPUT, WEIGHTS };
static const okrug_input inputs[] = {
    [INPUT] = {"input", OKRUG_SHAPE_TIDY, true, false, value_roles, OKRUG_COUNT_OF(value_roles)},
    [WEIGHTS] = {"weights", OKRUG_SHAPE_TIDY, false, false, link_roles, OKRUG_COUNT_OF(link_roles)},
};

enum { RELATIVE_TO_MEAN, AS_GIVEN };
enum { POOLED, OF_PERIOD };
#define TRANSITIONS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    CHOICE(scale, "scale", "relative|given")                                                                           \
    INTEGER(classes, "classes", 5, 2, 20, COUNT)                                                                       \
    CHOICE(quantiles, "quantiles", "pooled|period")                                                                    \
    TEXTS(bound, "bound")                                                                                              \
    INTEGER(lag_classes, "lag-classes", 0, 0, 20, COUNT)                                                               \
    INTEGER(spans, "spans", 2, 1, 20, COUNT)                                                                           \
    CHOICE(links, "link-weights", "given|equal|inverse")

typedef struct {
    OKRUG_PARAMETER_FIELDS(TRANSITIONS_PARAMETERS)
} transitions_parameters;
#define OKRUG_PARAMETERS transitions_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(TRANSITIONS_PARAMETERS)};

enum { REGION, PERIOD, VALUE, CUT, CLASS, NEXT_CLASS, LAG, LAG_CLASS };
static const okrug_output_column region_columns[] = {
    [REGION] = {"region", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_OWN, "y_rt"},
    [CUT] = {"classified", OKRUG_NUMBER, OKRUG_UNIT_NONE, "x_rt = y_rt / mean_t, or y_rt"},
    [CLASS] = {"class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 + bounds below x_rt"},
    [NEXT_CLASS] = {"next_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class of the next period"},
    [LAG] = {"lag", OKRUG_NUMBER, OKRUG_UNIT_NONE, "sum_q w_rq x_qt / sum_q w_rq"},
    [LAG_CLASS] = {"lag_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "1 + lag bounds below the lag"},
};
enum { M_LAG, FROM, TO, COUNT, PROBABILITY, ERROR, PASSAGE };
static const okrug_output_column matrix_columns[] = {
    [M_LAG] = {"lag_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class of the neighbours; none: all"},
    [FROM] = {"from", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class i"},
    [TO] = {"to", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class j one period later"},
    [COUNT] = {"count", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n_ij"},
    [PROBABILITY] = {"probability", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "p_ij = n_ij / sum_j n_ij"},
    [ERROR] = {"standard_error", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sqrt(p_ij (1 - p_ij) / n_i)"},
    [PASSAGE] = {"first_passage", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "m_ij = 1 + sum_(h != j) p_ih m_hj, periods"},
};
enum { C_LAG, C_CLASS, LOWER, UPPER, DEPARTURES, FIRST, LAST, STEADY, STAY };
static const okrug_output_column class_columns[] = {
    [C_LAG] = {"lag_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class of the neighbours; none: all"},
    [C_CLASS] = {"class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "i"},
    [LOWER] = {"lower", OKRUG_NUMBER, OKRUG_UNIT_NONE, "above this"},
    [UPPER] = {"upper", OKRUG_NUMBER, OKRUG_UNIT_NONE, "up to this"},
    [DEPARTURES] = {"departures", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n_i = sum_j n_ij"},
    [FIRST] = {"share_first", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of the regions, in the first period"},
    [LAST] = {"share_last", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "of the regions, in the last period"},
    [STEADY] = {"steady_state", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "s = s P, sum s = 1"},
    [STAY] = {"sojourn", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "1 / (1 - p_ii), periods"},
};
enum { S_LAG, TRANSITIONS, MOVES, MOBILITY, SECOND, HALF_LIFE, CLOSED };
static const okrug_output_column chain_columns[] = {
    [S_LAG] = {"lag_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class of the neighbours; none: all"},
    [TRANSITIONS] = {"transitions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "n = sum_ij n_ij"},
    [MOVES] = {"moved", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_(i != j) n_ij / n"},
    [MOBILITY] = {"shorrocks", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "(k - sum_i p_ii) / (k - 1)"},
    [SECOND] = {"second_eigenvalue", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "|lambda_2| of P"},
    [HALF_LIFE] = {"half_life", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "-ln 2 / ln |lambda_2|, periods"},
    [CLOSED] = {"closed_sets", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sets of classes that are never left"},
};
enum { TEST, T_LAG, CHI, LIKELIHOOD, DEGREES, P_CHI, P_LIKELIHOOD, CELLS, SMALL };
static const okrug_output_column test_columns[] = {
    [TEST] = {"test", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_LAG] = {"lag_class", OKRUG_NUMBER, OKRUG_UNIT_RANK, "class of the neighbours that is tested; none: all"},
    [CHI] = {"chi_squared", OKRUG_NUMBER, OKRUG_UNIT_NONE, "sum n_i(r) (p_ij(r) - p_ij)^2 / p_ij"},
    [LIKELIHOOD] = {"likelihood_ratio", OKRUG_NUMBER, OKRUG_UNIT_NONE, "2 sum n_ij(r) ln(p_ij(r) / p_ij)"},
    [DEGREES] = {"degrees", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "sum_i (regimes with i - 1) (classes after i - 1)"},
    [P_CHI] = {"p_chi_squared", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P(chi^2 >= chi_squared)"},
    [P_LIKELIHOOD] = {"p_likelihood_ratio", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "P(chi^2 >= likelihood_ratio)"},
    [CELLS] = {"cells", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "where anything is expected"},
    [SMALL] = {"small_cells", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "of those, fewer than 5 expected"},
};
enum { REGIONS_TABLE, MATRIX_TABLE, CLASSES_TABLE, CHAINS_TABLE, TESTS_TABLE };
static const okrug_output outputs[] = {
    [REGIONS_TABLE] = {"regions", region_columns, OKRUG_COUNT_OF(region_columns)},
    [MATRIX_TABLE] = {"matrix", matrix_columns, OKRUG_COUNT_OF(matrix_columns)},
    [CLASSES_TABLE] = {"classes", class_columns, OKRUG_COUNT_OF(class_columns)},
    [CHAINS_TABLE] = {"chains", chain_columns, OKRUG_COUNT_OF(chain_columns)},
    [TESTS_TABLE] = {"tests", test_columns, OKRUG_COUNT_OF(test_columns)},
};

static const char *const references[] = {
    "Quah, D. (1993). Empirical cross-section dynamics in economic growth. European Economic Review 37.",
    "Rey, S. J. (2001). Spatial empirics for economic growth and convergence. Geographical Analysis 33(3).",
    "Bickenbach, F., Bode, E. (2003). Evaluating the Markov property. International Regional Science Review 26(3).",
    "Shorrocks, A. F. (1978). The measurement of mobility. Econometrica 46(5).",
    NULL,
};

enum { GRAIN_REGIONS, GRAIN_PERIODS };
static const okrug_grain grain[] = {
    [GRAIN_REGIONS] = {"regions", 10, OKRUG_UNIT_COUNT},
    [GRAIN_PERIODS] = {"periods", 2, OKRUG_UNIT_COUNT},
};

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* A class from 0 as people count them; NOT_APPLICABLE below 0. */
static okrug_status set_class(okrug_table *table, int column, int64_t row, int64_t class_of, okrug_reason none) {
    return class_of < 0 ? okrug_set_missing(table, column, row, none)
                        : okrug_set_number(table, column, row, (double)class_of + 1.0);
}

static okrug_status write_regions(const okrug_moves *m, okrug_table *table) {
    int64_t n = m->cube.regions;
    for (int64_t cell = 0; cell < m->cube.periods * n; cell++) {
        okrug_reason why = (okrug_reason)m->cube.reason[cell];
        bool known = why == OKRUG_PRESENT;
        bool last = cell >= (m->cube.periods - 1) * n;
        okrug_reason no_next = last ? OKRUG_NOT_APPLICABLE : (okrug_reason)m->cube.reason[cell + n];
        okrug_reason no_lag = m->lag.k == 0 ? OKRUG_NOT_APPLICABLE : (okrug_reason)m->lag.reason[cell];
        bool lagged = no_lag == OKRUG_PRESENT;
        OKRUG_TRY(okrug_result_text(table, REGION, cell, m->cube.region[cell % n]));
        OKRUG_TRY(okrug_result_text(table, PERIOD, cell, m->cube.period[cell / n]));
        OKRUG_TRY(okrug_set_number_or(table, VALUE, cell, known ? m->cube.value[cell] : (double)NAN, why));
        OKRUG_TRY(okrug_set_number_or(table, CUT, cell, known ? m->value.value[cell] : (double)NAN, why));
        OKRUG_TRY(set_class(table, CLASS, cell, m->value.class_of[cell], why));
        OKRUG_TRY(set_class(table, NEXT_CLASS, cell, last ? -1 : m->value.class_of[cell + n], no_next));
        OKRUG_TRY(okrug_set_number_or(table, LAG, cell, lagged ? m->lag.value[cell] : (double)NAN, no_lag));
        OKRUG_TRY(set_class(table, LAG_CLASS, cell, lagged ? m->lag.class_of[cell] : -1, no_lag));
    }
    return OKRUG_OK;
}

static int64_t departures(int64_t k, const int64_t *count, int64_t i) {
    int64_t sum = 0;
    for (int64_t j = 0; j < k; j++) {
        sum += count[i * k + j];
    }
    return sum;
}

static okrug_status write_matrix(int64_t lag, int64_t k, const int64_t *count, const okrug_markov_results *r,
                                 okrug_table *table) {
    for (int64_t cell = 0; cell < k * k; cell++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        double p = r->probability[cell];
        double error = sqrt(p * (1.0 - p) / (double)departures(k, count, cell / k));
        OKRUG_TRY(set_class(table, M_LAG, row, lag, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(set_class(table, FROM, row, cell / k, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(set_class(table, TO, row, cell % k, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number(table, COUNT, row, (double)count[cell]));
        OKRUG_TRY(okrug_set_number_or(table, PROBABILITY, row, p, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, ERROR, row, error, OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, PASSAGE, row, r->passage[cell], OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

/* The share of the regions with a value that are in class i in period t. */
static double share_in(const okrug_moves *m, int64_t t, int64_t i) {
    int64_t in = 0;
    int64_t n = 0;
    for (int64_t r = 0; r < m->cube.regions; r++) {
        int64_t c = m->value.class_of[t * m->cube.regions + r];
        n += c >= 0;
        in += c == i;
    }
    return n == 0 ? (double)NAN : (double)in / (double)n;
}

static okrug_status write_classes(const okrug_moves *m, int64_t lag, const int64_t *count,
                                  const okrug_markov_results *r, okrug_table *table) {
    int64_t k = m->value.k;
    const double *bound = m->value.bound;
    for (int64_t i = 0; i < k; i++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        int64_t left = departures(k, count, i);
        okrug_reason why = left == 0 ? OKRUG_ZERO_TOTAL : r->closed > 1 ? OKRUG_AMBIGUOUS : OKRUG_UNDEFINED;
        double stay = r->probability[i * k + i];
        OKRUG_TRY(set_class(table, C_LAG, row, lag, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(set_class(table, C_CLASS, row, i, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, LOWER, row, bound == NULL || i == 0 ? (double)NAN : bound[i - 1],
                                      OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, UPPER, row, bound == NULL || i == k - 1 ? (double)NAN : bound[i],
                                      OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number(table, DEPARTURES, row, (double)left));
        OKRUG_TRY(okrug_set_number_or(table, FIRST, row, lag < 0 ? share_in(m, 0, i) : (double)NAN,
                                      lag < 0 ? OKRUG_ZERO_TOTAL : OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, LAST, row, lag < 0 ? share_in(m, m->cube.periods - 1, i) : (double)NAN,
                                      lag < 0 ? OKRUG_ZERO_TOTAL : OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, STEADY, row, r->steady[i], why));
        OKRUG_TRY(okrug_set_number_or(table, STAY, row, stay < 1.0 ? 1.0 / (1.0 - stay) : (double)NAN,
                                      left == 0 ? OKRUG_ZERO_TOTAL : OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

static okrug_status write_chain(okrug_ctx *ctx, const okrug_moves *m, int64_t lag, const int64_t *count,
                                okrug_table *const *table) {
    int64_t k = m->value.k;
    okrug_mark mark = okrug_scratch_mark(ctx);
    okrug_markov_results r = {.probability = OKRUG_SCRATCH(ctx, k * k, double),
                              .steady = OKRUG_SCRATCH(ctx, k, double),
                              .passage = OKRUG_SCRATCH(ctx, k * k, double)};
    if (r.probability == NULL || r.steady == NULL || r.passage == NULL) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_markov(ctx, k, count, &r));
    OKRUG_TRY(write_matrix(lag, k, count, &r, table[MATRIX_TABLE]));
    OKRUG_TRY(write_classes(m, lag, count, &r, table[CLASSES_TABLE]));
    int64_t n = 0;
    int64_t stayed = 0;
    for (int64_t i = 0; i < k; i++) {
        n += departures(k, count, i);
        stayed += count[i * k + i];
    }
    okrug_table *chains = table[CHAINS_TABLE];
    int64_t row = okrug_table_add_row(chains, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    okrug_reason why = n == 0 ? OKRUG_ZERO_TOTAL : r.closed > 1 ? OKRUG_AMBIGUOUS : OKRUG_UNDEFINED;
    OKRUG_TRY(set_class(chains, S_LAG, row, lag, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number(chains, TRANSITIONS, row, (double)n));
    OKRUG_TRY(okrug_set_number_or(chains, MOVES, row, (double)(n - stayed) / (double)n, OKRUG_ZERO_TOTAL));
    OKRUG_TRY(okrug_set_number_or(chains, MOBILITY, row, r.mobility, n == 0 ? OKRUG_ZERO_TOTAL : OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(chains, SECOND, row, r.second, why));
    OKRUG_TRY(okrug_set_number_or(chains, HALF_LIFE, row, r.half_life, why));
    OKRUG_TRY(okrug_set_number(chains, CLOSED, row, (double)r.closed));
    okrug_scratch_reset(ctx, mark);
    return OKRUG_OK;
}

static okrug_status write_test(okrug_table *table, const char *name, int64_t lag, const okrug_markov_test *test) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_result_text(table, TEST, row, name));
    OKRUG_TRY(set_class(table, T_LAG, row, lag, OKRUG_NOT_APPLICABLE));
    OKRUG_TRY(okrug_set_number(table, CHI, row, test->chi_squared));
    OKRUG_TRY(okrug_set_number(table, LIKELIHOOD, row, test->likelihood_ratio));
    OKRUG_TRY(okrug_set_number(table, DEGREES, row, (double)test->degrees));
    OKRUG_TRY(okrug_set_number_or(table, P_CHI, row, test->p_chi_squared, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number_or(table, P_LIKELIHOOD, row, test->p_likelihood_ratio, OKRUG_UNDEFINED));
    OKRUG_TRY(okrug_set_number(table, CELLS, row, (double)test->cells));
    return okrug_set_number(table, SMALL, row, (double)test->small);
}

static okrug_status write_tests(okrug_ctx *ctx, const okrug_moves *m, okrug_table *table) {
    int64_t k = m->value.k;
    okrug_markov_test test;
    if (m->span_count > 1) {
        OKRUG_TRY(okrug_markov_compare(ctx, k, m->span_count, m->spans, &test));
        OKRUG_TRY(write_test(table, "time", -1, &test));
    }
    if (m->lag.k == 0) {
        return OKRUG_OK;
    }
    OKRUG_TRY(okrug_markov_compare(ctx, k, m->lag.k, m->given, &test));
    OKRUG_TRY(write_test(table, "neighbours", -1, &test));
    for (int64_t l = 0; l < m->lag.k; l++) {
        OKRUG_TRY(okrug_markov_against(ctx, k, m->given + l * k * k, m->all, &test));
        OKRUG_TRY(write_test(table, "neighbours", l, &test));
    }
    return OKRUG_OK;
}

/* ---- Run -------------------------------------------------------------------------------------------------------- */

static void warn(okrug_ctx *ctx, const okrug_table *input, const okrug_moves *m) {
    okrug_place place = {.file = input->file};
    if (m->broken > 0) {
        okrug_warn(ctx, "transitions-broken", &place, "count", okrug_text_integer(ctx, m->broken), (char *)NULL);
    }
    if (m->without_lag > 0) {
        okrug_warn(ctx, "transitions-without-neighbours", &place, "count", okrug_text_integer(ctx, m->without_lag),
                   (char *)NULL);
    }
    if (m->cube.periods > 2 && isnan(m->cube.gap)) {
        okrug_warn(ctx, "periods-uneven", &place, (char *)NULL);
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const transitions_parameters *p = job->parameters;
    const okrug_table *input = job->input[INPUT];
    const okrug_class_choices choices = {
        p->scale == RELATIVE_TO_MEAN, p->quantiles == OF_PERIOD, &p->bound, p->classes, p->lag_classes, p->links};
    okrug_place place = {.file = input->file};
    okrug_moves m = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    OKRUG_TRY(okrug_cube_read(ctx, input, NULL, &m.cube));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_REGIONS], (double)m.cube.regions, &place));
    OKRUG_TRY(okrug_grain_need(ctx, &grain[GRAIN_PERIODS], (double)m.cube.periods, &place));
    OKRUG_TRY(okrug_classes_of_values(ctx, input, &m.cube, &choices, &m.value));
    if (job->input[WEIGHTS] != NULL) {
        OKRUG_TRY(okrug_classes_of_lags(ctx, job->input[WEIGHTS], &m.cube, &m.value, &choices, &m.lag));
    }
    OKRUG_TRY(okrug_moves_count(ctx, p->spans, &m));
    warn(ctx, input, &m);
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], okrug_table_column(input, "value")->unit,
                                     t == REGIONS_TABLE ? m.cube.periods * m.cube.regions : 0, &table[t]));
    }
    OKRUG_TRY(write_regions(&m, table[REGIONS_TABLE]));
    for (int64_t l = -1; l < m.lag.k; l++) {
        OKRUG_TRY(okrug_check_cancel(ctx));
        OKRUG_TRY(write_chain(ctx, &m, l, l < 0 ? m.all : m.given + l * m.value.k * m.value.k, table));
    }
    return write_tests(ctx, &m, table[TESTS_TABLE]);
}

OKRUG_ANALYSIS_WITH_GRAIN(transitions, "transitions", "O(rows log rows + lag classes * classes^4)");
