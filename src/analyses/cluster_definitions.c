/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cluster-definitions: which industries make up clusters, chosen among many partitions by how well each keeps what is
 * alike together.
 */
#include <math.h>

#include "analyses/cluster_compare.h"
#include "analyses/cluster_writing.h"
#include "analyses/list.h"
#include "analyses/result.h"

static const okrug_role compare_roles[] = {OKRUG_CLUSTER_COMPARE_ROLES};
static const okrug_role name_roles[] = {
    {"industry", OKRUG_TEXT, OKRUG_KEY, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
    {"name", OKRUG_TEXT, OKRUG_REQUIRED, OKRUG_DOMAIN_ANY, OKRUG_UNIT_NONE},
};
enum { COMPARE = OKRUG_SIMILARITY_INPUTS, NAMES };
static const okrug_input inputs[] = {
    OKRUG_SIMILARITY_INPUT_ROWS,
    [COMPARE] = {"compare", OKRUG_SHAPE_TIDY, false, false, compare_roles, OKRUG_COUNT_OF(compare_roles)},
    [NAMES] = {"names", OKRUG_SHAPE_TIDY, false, false, name_roles, OKRUG_COUNT_OF(name_roles)},
};

enum { WARD_AND_K_MEANS, WARD, K_MEANS, LEIDEN, ALL };
#define DEFINITIONS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS)                                                     \
    OKRUG_SIMILARITY_PARAMETERS(CHOICE, TEXTS)                                                                         \
    CHOICE(by, "by", "ward-and-k-means|ward|k-means|leiden|all")                                                       \
    INTEGER(least_groups, "least-groups", 30, 2, 1000, COUNT)                                                          \
    INTEGER(most_groups, "most-groups", 60, 2, 1000, COUNT)                                                            \
    INTEGER(restarts, "restarts", 5, 1, 1000, COUNT)                                                                   \
    INTEGER(iterations, "iterations", 100, 1, 100000, COUNT)                                                           \
    INTEGER(reassignments, "reassignments", 1, 0, 1000, COUNT)                                                         \
    INTEGER(links, "links", 10, 1, 1000, COUNT)                                                                        \
    INTEGER(seeds, "seeds", 50, 2, 1000, COUNT)                                                                        \
    INTEGER(permutations, "permutations", 199, 0, 100000, COUNT)                                                       \
    INTEGER(group_digits, "group-digits", 2, 1, 20, COUNT)                                                             \
    OKRUG_SEED_PARAMETER(INTEGER)

typedef struct {
    OKRUG_PARAMETER_FIELDS(DEFINITIONS_PARAMETERS)
} definitions_parameters;
#define OKRUG_PARAMETERS definitions_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(DEFINITIONS_PARAMETERS)};

static const okrug_grain grain[] = {OKRUG_SIMILARITY_GRAIN_ROWS};

static const okrug_output_column member_columns[] = {OKRUG_MEMBER_COLUMNS(OKRUG_COLUMN_ROW)};
static const okrug_output_column cluster_columns[] = {OKRUG_CLUSTER_COLUMNS(OKRUG_COLUMN_ROW)};
enum { C_MATRIX, C_METHOD, C_GROUPS, C_VS_CLUSTER, C_VS_INDUSTRY, C_SCORE, C_MARGIN, C_RESOLUTION, C_CHOSEN };
static const okrug_output_column candidate_columns[] = {
    [C_MATRIX] = {"matrix", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_METHOD] = {"method", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [C_GROUPS] = {"groups", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "clusters of the partition"},
    [C_VS_CLUSTER] = {"vs_cluster", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                      "mean over matrices of ([WCR_c > mean_d BCR_cd] + [WCR_c > p95_d BCR_cd]) / 2 over c"},
    [C_VS_INDUSTRY] = {"vs_industry", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                       "mean over matrices of ([WCR_i > mean_d BCR_id] + [WCR_i > p95_d BCR_id]) / 2 over i"},
    [C_SCORE] = {"score", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(vs_cluster + vs_industry) / 2"},
    [C_MARGIN] = {"margin", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "mean over matrices and i of WCR_i - max_d BCR_id"},
    [C_RESOLUTION] = {"resolution", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "resolution of leiden"},
    [C_CHOSEN] = {"chosen", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};
enum { S_STATISTIC, S_VALUE };
static const okrug_output_column summary_columns[] = {
    [S_STATISTIC] = {"statistic", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [S_VALUE] = {"value", OKRUG_NUMBER, OKRUG_UNIT_NONE, "by statistic"},
};
enum { T_METHOD, T_SEEDS, T_GROUPS, T_NMI_MEAN, T_NMI_LEAST, T_NMI_CHOSEN };
static const okrug_output_column stability_columns[] = {
    [T_METHOD] = {"method", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_SEEDS] = {"seeds", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "partitions, each from a seed of its own"},
    [T_GROUPS] = {"groups", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "their mean number of clusters"},
    [T_NMI_MEAN] = {"nmi_mean", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "mean over pairs of 2 I(a, b) / (H(a) + H(b))"},
    [T_NMI_LEAST] = {"nmi_least", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "the least of them"},
    [T_NMI_CHOSEN] = {"nmi_chosen", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "mean over seeds of that with the chosen one"},
};
enum { P_PARTITION, P_INDUSTRIES, P_GROUPS, P_GROUPS_GIVEN, P_ADJUSTED_RAND, P_NMI };
static const okrug_output_column comparison_columns[] = {
    [P_PARTITION] = {"partition", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [P_INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "industries that both know"},
    [P_GROUPS] = {"groups", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "clusters among them"},
    [P_GROUPS_GIVEN] = {"groups_given", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "clusters of --compare among them"},
    [P_ADJUSTED_RAND] = {"adjusted_rand", OKRUG_NUMBER, OKRUG_UNIT_INDEX,
                         "(sum C(n_ab, 2) - E) / ((sum C(a, 2) + sum C(b, 2)) / 2 - E)"},
    [P_NMI] = {"nmi", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "2 I(a, b) / (H(a) + H(b))"},
};
enum { MEMBERS, CLUSTERS, CANDIDATES, SUMMARY, STABILITY, COMPARISON };
static const okrug_output outputs[] = {
    [MEMBERS] = {"members", member_columns, OKRUG_COUNT_OF(member_columns)},
    [CLUSTERS] = {"clusters", cluster_columns, OKRUG_COUNT_OF(cluster_columns)},
    [CANDIDATES] = {"candidates", candidate_columns, OKRUG_COUNT_OF(candidate_columns)},
    [SUMMARY] = {"summary", summary_columns, OKRUG_COUNT_OF(summary_columns)},
    [STABILITY] = {"stability", stability_columns, OKRUG_COUNT_OF(stability_columns)},
    [COMPARISON] = {"comparison", comparison_columns, OKRUG_COUNT_OF(comparison_columns)},
};

static const char *const references[] = {
    "Delgado, M., Porter, M. E., Stern, S. (2016). Defining clusters of related industries. Journal of Economic "
    "Geography 16(1).",
    "Ward, J. H. (1963). Hierarchical grouping to optimize an objective function. JASA 58(301).",
    "Arthur, D., Vassilvitskii, S. (2007). k-means++: the advantages of careful seeding. SODA 2007.",
    "Traag, V. A., Waltman, L., van Eck, N. J. (2019). From Louvain to Leiden: guaranteeing well-connected "
    "communities. Scientific Reports 9.",
    "Hubert, L., Arabie, P. (1985). Comparing partitions. Journal of Classification 2.",
    NULL,
};

static const char *const method_codes[] = {
    [OKRUG_BY_WARD] = "ward", [OKRUG_BY_K_MEANS] = "k-means", [OKRUG_BY_LEIDEN] = "leiden"};

static okrug_status write_candidates(const okrug_cluster_search *search, okrug_table *table) {
    OKRUG_TRY(okrug_table_reserve(table, search->candidates));
    for (int64_t c = 0; c < search->candidates; c++) {
        const okrug_cluster_candidate *one = &search->candidate[c];
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, C_MATRIX, row, search->matrix[one->of.matrix]));
        OKRUG_TRY(okrug_result_text(table, C_METHOD, row, method_codes[one->of.method]));
        OKRUG_TRY(okrug_set_number(table, C_GROUPS, row, (double)one->of.groups));
        OKRUG_TRY(okrug_set_number_or(table, C_VS_CLUSTER, row, one->of.scores.cluster, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, C_VS_INDUSTRY, row, one->of.scores.industry, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, C_SCORE, row, one->of.score, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, C_MARGIN, row, one->of.scores.margin, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, C_RESOLUTION, row, one->resolution, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_result_text(table, C_CHOSEN, row, c == search->chosen ? "yes" : "no"));
    }
    return OKRUG_OK;
}

static okrug_status write_summary(const okrug_similarities *of, const okrug_cluster_search *search,
                                  okrug_table *table) {
    const okrug_candidate *best = &search->candidate[search->chosen].of;
    const struct {
        const char *statistic;
        double value;
    } rows[] = {
        {"industries", (double)of->n},
        {"left-out", (double)of->left_out},
        {"matrices", (double)of->matrices},
        {"candidates", (double)search->candidates},
        {"clusters", (double)search->groups},
        {"chosen-score", best->score},
        {"vs-cluster", search->scores.cluster},
        {"vs-industry", search->scores.industry},
        {"score", (search->scores.cluster + search->scores.industry) / 2.0},
        {"random-score", search->null_mean},
        {"random-score-p95", search->null_high},
        {"moved", (double)search->moved},
        {"marginal", (double)search->left},
    };
    for (int k = 0; k < OKRUG_COUNT_OF(rows); k++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, S_STATISTIC, row, rows[k].statistic));
        OKRUG_TRY(okrug_set_number_or(table, S_VALUE, row, rows[k].value, OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

static okrug_status write_stability(okrug_ctx *ctx, const okrug_similarities *of, const okrug_cluster_plan *plan,
                                    const okrug_cluster_search *search, okrug_table *table) {
    okrug_cluster_stability stability[3];
    int count = 0;
    OKRUG_TRY(okrug_clusters_stability(ctx, of, plan, search, stability, &count));
    for (int k = 0; k < count; k++) {
        const okrug_cluster_stability *s = &stability[k];
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, T_METHOD, row, method_codes[s->method]));
        OKRUG_TRY(okrug_set_number(table, T_SEEDS, row, s->method == OKRUG_BY_WARD ? 1.0 : (double)plan->seeds));
        OKRUG_TRY(okrug_set_number(table, T_GROUPS, row, s->groups));
        OKRUG_TRY(okrug_set_number_or(table, T_NMI_MEAN, row, s->mean, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, T_NMI_LEAST, row, s->least, OKRUG_NOT_APPLICABLE));
        OKRUG_TRY(okrug_set_number_or(table, T_NMI_CHOSEN, row, s->chosen, OKRUG_NOT_APPLICABLE));
    }
    return OKRUG_OK;
}

static okrug_status write_comparison(okrug_ctx *ctx, const okrug_table *given, const okrug_similarities *of,
                                     const okrug_cluster_plan *plan, int64_t digits, const okrug_cluster_search *search,
                                     okrug_table *table) {
    okrug_cluster_comparison comparison;
    OKRUG_TRY(okrug_clusters_compare(ctx, given, of, plan, digits, search, &comparison));
    for (int k = 0; k < OKRUG_COMPARED; k++) {
        int64_t row = okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        OKRUG_TRY(okrug_result_text(table, P_PARTITION, row, okrug_compared_codes[k]));
        OKRUG_TRY(okrug_set_number(table, P_INDUSTRIES, row, (double)comparison.industries));
        OKRUG_TRY(okrug_set_number(table, P_GROUPS, row, (double)comparison.groups[k]));
        OKRUG_TRY(okrug_set_number(table, P_GROUPS_GIVEN, row, (double)comparison.given));
        OKRUG_TRY(okrug_set_number_or(table, P_ADJUSTED_RAND, row, comparison.of[k].adjusted_rand, OKRUG_UNDEFINED));
        OKRUG_TRY(okrug_set_number_or(table, P_NMI, row, comparison.of[k].information, OKRUG_UNDEFINED));
    }
    return OKRUG_OK;
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const definitions_parameters *p = job->parameters;
    const okrug_cluster_plan plan = {.ward = p->by == WARD_AND_K_MEANS || p->by == WARD || p->by == ALL,
                                     .k_means = p->by == WARD_AND_K_MEANS || p->by == K_MEANS || p->by == ALL,
                                     .leiden = p->by == LEIDEN || p->by == ALL,
                                     .least = p->least_groups,
                                     .most = p->most_groups,
                                     .restarts = p->restarts,
                                     .rounds = p->iterations,
                                     .reassignments = p->reassignments,
                                     .links = p->links,
                                     .seeds = p->seeds,
                                     .permutations = p->permutations,
                                     .seed = (uint64_t)p->seed};
    okrug_similarities of = {0};
    okrug_cluster_search search = {0};
    okrug_table *table[OKRUG_COUNT_OF(outputs)] = {NULL};
    okrug_unit unit = okrug_table_column(job->input[OKRUG_SIMILARITY_INPUT], "value")->unit;
    OKRUG_TRY(okrug_similarities_make(ctx, job, grain, &p->matrix, p->coagglomeration_of, &of));
    OKRUG_TRY(okrug_clusters_search(ctx, &of, &plan, job->input[OKRUG_SIMILARITY_INPUT]->file, &search));
    for (int t = 0; t < OKRUG_COUNT_OF(outputs); t++) {
        OKRUG_TRY(okrug_result_table(result, &outputs[t], unit, 0, &table[t]));
    }
    OKRUG_TRY(okrug_clusters_write(ctx, &of, &search, job->input[NAMES], table[MEMBERS], table[CLUSTERS]));
    OKRUG_TRY(write_candidates(&search, table[CANDIDATES]));
    OKRUG_TRY(write_summary(&of, &search, table[SUMMARY]));
    OKRUG_TRY(write_stability(ctx, &of, &plan, &search, table[STABILITY]));
    return job->input[COMPARE] == NULL
               ? OKRUG_OK
               : write_comparison(ctx, job->input[COMPARE], &of, &plan, p->group_digits, &search, table[COMPARISON]);
}

OKRUG_ANALYSIS_WITH_GRAIN(cluster_definitions, "cluster-definitions",
                          "O(industries^2 * (regions + candidates * matrices))");
