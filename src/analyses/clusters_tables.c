/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables of clusters as such.
 */
#include "analyses/clusters_tables.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <okrug/numeric.h>

#include "analyses/result.h"

/* Porter (2003), as METHODS of this project's sources hand it down; see the method card. */
static const double TRADED_SHARE = .5, TRADED_TOP = 2.0, TRADED_GINI = .3;

/* ---- Types ------------------------------------------------------------------------------------------------------*/

enum {
    T_CLUSTER,
    T_NAME,
    T_INDUSTRIES,
    T_MEMBERS,
    T_EMPLOYMENT,
    T_REGIONS,
    T_TRADED,
    T_TRADED_SHARE,
    T_SPECIALISED,
    T_TOP,
    T_GINI,
    T_PRINCIPLES,
    T_MARGIN,
    T_MATCHED,
    T_INTERNAL,
    T_INCOHERENCE,
    T_SPAN,
    T_PERIOD
};
const okrug_output_column okrug_clusters_type_columns[OKRUG_CLUSTERS_TYPE_COLUMNS] = {
    [T_CLUSTER] = {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_NAME] = {"name", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_INDUSTRIES] = {"industries", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members that the input has rows of"},
    [T_MEMBERS] = {"members", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members that the definitions name"},
    [T_EMPLOYMENT] = {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_C = sum_r E_rC"},
    [T_REGIONS] = {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "E_rC > 0"},
    [T_TRADED] = {"traded", OKRUG_TEXT, OKRUG_UNIT_NONE, "traded: traded_share > 1/2"},
    [T_TRADED_SHARE] = {"traded_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                        "sum e_i over traded members / sum e_i over members that can be told"},
    [T_SPECIALISED] = {"specialised_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r E_rC [lq_rC >= 1] / e_C"},
    [T_TOP] = {"top_lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "mean of the five largest lq_rC"},
    [T_GINI] = {"gini", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "locational Gini of E_rC against e_r"},
    [T_PRINCIPLES] = {"principles", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    [T_MARGIN] = {"principle_margin", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "least z of a label - largest z of what is none"},
    [T_MATCHED] = {"matched", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "members among the flows"},
    [T_INTERNAL] = {"internal_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum Z_CC / sum of what members buy"},
    [T_INCOHERENCE] = {"incoherence", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
                       "F0 = sum z_ij (h_j - h_i - 1)^2 / sum z_ij over members"},
    [T_SPAN] = {"span", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "max h - min h"},
    [T_PERIOD] = {"period", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};

/* Regions too few or too large for any industry of that size to reach the line cannot tell it from others. One that has
 * more than half of everything reaches it nowhere, and is local in any regions. */
static void hide_what_no_region_shows(int64_t count, const okrug_traded_results *results) {
    for (int64_t k = 0; k < count; k++) {
        bool reachable = results->most[k] >= TRADED_TOP * (1.0 - 1e-9) || results->share[k] * TRADED_TOP > 1.0;
        results->top[k] = reachable ? results->top[k] : (double)NAN;
    }
}

okrug_status okrug_clusters_traded_read(okrug_ctx *ctx, const okrug_clusters_case *of, okrug_clusters_traded *out) {
    int64_t industries = of->panel->industries, all = industries + of->clusters + 1;
    *out = (okrug_clusters_traded){OKRUG_SCRATCH(ctx, all, double), OKRUG_SCRATCH(ctx, all, double),
                                   OKRUG_SCRATCH(ctx, all, double)};
    if (out->specialised == NULL || out->top == NULL || out->gini == NULL) {
        return OKRUG_NO_MEMORY;
    }
    double *most = OKRUG_SCRATCH(ctx, all, double), *share = OKRUG_SCRATCH(ctx, all, double);
    if (most == NULL || share == NULL) {
        return OKRUG_NO_MEMORY;
    }
    const okrug_traded_results one = {out->specialised, out->top, out->gini, most, share};
    const okrug_traded_results together = {out->specialised + industries, out->top + industries, out->gini + industries,
                                           most, share};
    OKRUG_TRY(okrug_traded(ctx, of->panel->regions, industries, of->estimate, of->region_total, &one));
    hide_what_no_region_shows(industries, &one);
    OKRUG_TRY(okrug_traded(ctx, of->panel->regions, of->clusters, of->employment, of->region_total, &together));
    hide_what_no_region_shows(of->clusters, &together);
    return OKRUG_OK;
}

/* 1: traded, 0: local, -1: cannot be told. */
static int is_traded(const okrug_clusters_traded *traded, int64_t i) {
    if (isnan(traded->specialised[i]) || isnan(traded->top[i]) || isnan(traded->gini[i])) {
        return -1;
    }
    return traded->specialised[i] >= TRADED_SHARE && traded->top[i] >= TRADED_TOP && traded->gini[i] >= TRADED_GINI;
}

/* In no economy does nearly everybody work for other regions: shops, schools and surgeries are everywhere. */
#define TRADED_MOST .9
enum { TRADED_LEAST = 10 };

void okrug_clusters_doubt_traded(okrug_ctx *ctx, const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                 const okrug_place *place) {
    double told = 0.0, in_traded = 0.0;
    int64_t industries = 0;
    for (int64_t i = 0; i < of->panel->industries; i++) {
        int verdict = is_traded(traded, i);
        double sum = verdict < 0 ? 0.0 : okrug_sum_of(of->estimate + i, of->panel->regions, of->panel->industries);
        industries += verdict >= 0;
        told += sum;
        in_traded += verdict == 1 ? sum : 0.0;
    }
    if (industries >= TRADED_LEAST && in_traded > TRADED_MOST * told) {
        okrug_warn(ctx, "traded-everywhere", place, "percent", okrug_text(ctx, "%.0f", 100.0 * in_traded / told),
                   (char *)NULL);
    }
}

/* Labels or none of them: why. */
static okrug_reason untold(const okrug_cluster_profile *profile) {
    return profile == NULL ? OKRUG_NOT_COLLECTED : OKRUG_BELOW_GRAIN;
}

static okrug_status write_profile(const okrug_cluster_profile *profile, okrug_table *table, int64_t row) {
    bool told = profile != NULL && profile->told;
    okrug_reason why = untold(profile);
    const okrug_principle_scores *s = told ? &profile->scores : NULL;
    OKRUG_TRY(okrug_result_text(table, T_PRINCIPLES, row, told ? profile->text : NULL));
    OKRUG_TRY(okrug_set_number_or(table, T_MARGIN, row, told ? profile->labels.margin : (double)NAN,
                                  told ? OKRUG_NOT_APPLICABLE : why));
    OKRUG_TRY(
        okrug_set_number_or(table, T_MATCHED, row, profile == NULL ? (double)NAN : (double)profile->members, why));
    OKRUG_TRY(okrug_set_number_or(table, T_INTERNAL, row, told ? s->internal : (double)NAN, why));
    OKRUG_TRY(okrug_set_number_or(table, T_INCOHERENCE, row, told ? s->trophic.incoherence : (double)NAN,
                                  told ? OKRUG_ZERO_TOTAL : why));
    return okrug_set_number_or(table, T_SPAN, row, told ? s->trophic.span : (double)NAN, why);
}

okrug_status okrug_clusters_write_types(const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                        const okrug_cluster_profile *profile, okrug_table *table) {
    const okrug_panel *panel = of->panel;
    for (int64_t c = 0; c < of->clusters; c++) {
        int64_t row = okrug_table_add_row(table, 0), industries = 0, regions = 0;
        double told = 0.0, in_traded = 0.0;
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        for (int64_t i = 0; i < panel->industries; i++) {
            bool member = of->of[i] == c;
            int verdict = member ? is_traded(traded, i) : -1;
            double sum = verdict < 0 ? 0.0 : okrug_sum_of(of->estimate + i, panel->regions, panel->industries);
            industries += member;
            told += sum;
            in_traded += verdict == 1 ? sum : 0.0;
        }
        for (int64_t r = 0; r < panel->regions; r++) {
            regions += of->employment[r * of->clusters + c] > 0.0;
        }
        int64_t k = panel->industries + c;
        double share = told > 0.0 ? in_traded / told : (double)NAN;
        OKRUG_TRY(okrug_result_text(table, T_CLUSTER, row, of->code[c]));
        OKRUG_TRY(okrug_result_text(table, T_NAME, row, of->name[c]));
        OKRUG_TRY(okrug_set_number(table, T_INDUSTRIES, row, (double)industries));
        OKRUG_TRY(okrug_set_number(table, T_MEMBERS, row, (double)of->members[c]));
        OKRUG_TRY(okrug_set_number(table, T_EMPLOYMENT, row, of->cluster_total[c]));
        OKRUG_TRY(okrug_set_number(table, T_REGIONS, row, (double)regions));
        OKRUG_TRY(okrug_result_text(table, T_TRADED, row, isnan(share) ? NULL : share > .5 ? "traded" : "local"));
        OKRUG_TRY(okrug_set_number_or(table, T_TRADED_SHARE, row, share, OKRUG_BELOW_GRAIN));
        OKRUG_TRY(okrug_set_number_or(table, T_SPECIALISED, row, traded->specialised[k], OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, T_TOP, row, traded->top[k], OKRUG_BELOW_GRAIN));
        OKRUG_TRY(okrug_set_number_or(table, T_GINI, row, traded->gini[k], OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_result_text(table, T_PERIOD, row, panel->period));
        OKRUG_TRY(write_profile(profile == NULL ? NULL : &profile[c], table, row));
    }
    return OKRUG_OK;
}

/* ---- Industries -------------------------------------------------------------------------------------------------*/

const okrug_output_column okrug_clusters_industry_columns[OKRUG_CLUSTERS_INDUSTRY_COLUMNS] = {
    {"industry", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN, "e_i = sum_r E_ri"},
    {"traded", OKRUG_TEXT, OKRUG_UNIT_NONE, "traded: specialised_share >= .5, top_lq >= 2 and gini >= .3"},
    {"specialised_share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "sum_r E_ri [lq_ri >= 1] / e_i"},
    {"top_lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "mean of the five largest lq_ri"},
    {"gini", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "locational Gini of E_ri against e_r"},
};

okrug_status okrug_clusters_write_industries(const okrug_clusters_case *of, const okrug_clusters_traded *traded,
                                             okrug_table *table) {
    for (int64_t i = 0; i < of->panel->industries; i++) {
        int64_t row = of->of[i] < 0 ? 0 : okrug_table_add_row(table, 0);
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (of->of[i] < 0) {
            continue;
        }
        int verdict = is_traded(traded, i);
        double sum = okrug_sum_of(of->estimate + i, of->panel->regions, of->panel->industries);
        OKRUG_TRY(okrug_result_text(table, 0, row, of->panel->industry[i]));
        OKRUG_TRY(okrug_result_text(table, 1, row, of->code[of->of[i]]));
        OKRUG_TRY(okrug_set_number(table, 2, row, sum));
        OKRUG_TRY(okrug_result_text(table, 3, row, verdict < 0 ? NULL : verdict == 1 ? "traded" : "local"));
        OKRUG_TRY(okrug_set_number_or(table, 4, row, traded->specialised[i], OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, 5, row, traded->top[i], sum > 0.0 ? OKRUG_BELOW_GRAIN : OKRUG_ZERO_TOTAL));
        OKRUG_TRY(okrug_set_number_or(table, 6, row, traded->gini[i], OKRUG_ZERO_TOTAL));
    }
    return OKRUG_OK;
}

/* ---- Principles -------------------------------------------------------------------------------------------------*/

const okrug_output_column okrug_clusters_principle_columns[OKRUG_CLUSTERS_PRINCIPLE_COLUMNS] = {
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"principle", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"score", OKRUG_NUMBER, OKRUG_UNIT_SHARE,
     "suppliers, market: mean cosine; product: largest two-digit share; services: "
     "cosine (1 - internal); chain: internal (1 - F0) span / (k - 1)"},
    {"expected", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "mean score of random sets of k industries"},
    {"deviation", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "their standard deviation"},
    {"z", OKRUG_NUMBER, OKRUG_UNIT_INDEX, "(score - expected) / deviation"},
    {"p", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(1 + sets that score no less) / (1 + sets)"},
    {"reach", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "(score - expected) / (1 - expected)"},
    {"label", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};

static bool has_label(const okrug_principle_labels *labels, int principle) {
    for (int k = 0; k < labels->count; k++) {
        if ((int)labels->label[k] == principle) {
            return true;
        }
    }
    return false;
}

okrug_status okrug_clusters_write_principles(const okrug_clusters_case *of, const okrug_cluster_profile *profile,
                                             okrug_table *table) {
    for (int64_t k = 0; profile != NULL && k < of->clusters * OKRUG_PRINCIPLES; k++) {
        const okrug_cluster_profile *p = &profile[k / OKRUG_PRINCIPLES];
        int principle = (int)(k % OKRUG_PRINCIPLES);
        const okrug_against_chance *against = &p->against[principle];
        int64_t row = p->told ? okrug_table_add_row(table, 0) : 0;
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        if (!p->told) {
            continue;
        }
        OKRUG_TRY(okrug_result_text(table, 0, row, of->code[k / OKRUG_PRINCIPLES]));
        OKRUG_TRY(okrug_result_text(table, 1, row, okrug_principle_names[principle]));
        OKRUG_TRY(okrug_set_number(table, 2, row, p->scores.score[principle]));
        OKRUG_TRY(okrug_set_number(table, 3, row, against->mean));
        OKRUG_TRY(okrug_set_number(table, 4, row, against->deviation));
        OKRUG_TRY(okrug_set_number_or(table, 5, row, against->z, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_set_number(table, 6, row, against->p));
        OKRUG_TRY(okrug_set_number_or(table, 7, row, against->reach, OKRUG_CONSTANT));
        OKRUG_TRY(okrug_result_text(table, 8, row, has_label(&p->labels, principle) ? "yes" : "no"));
    }
    return OKRUG_OK;
}

/* ---- Groups of regions ------------------------------------------------------------------------------------------*/

const okrug_output_column okrug_clusters_group_columns[OKRUG_CLUSTERS_GROUP_COLUMNS] = {
    {"cluster", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"group", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
    {"regions", OKRUG_NUMBER, OKRUG_UNIT_COUNT, "connected regions with lq >= threshold and E_rC >= smallest"},
    {"employment", OKRUG_NUMBER, OKRUG_UNIT_OWN, "sum of E_rC over them"},
    {"share", OKRUG_NUMBER, OKRUG_UNIT_SHARE, "employment / e_C"},
    {"lq", OKRUG_NUMBER, OKRUG_UNIT_RATIO, "sum e_r lq_rC / sum e_r"},
    {"members", OKRUG_TEXT, OKRUG_UNIT_NONE, NULL},
};

typedef struct {
    int64_t cluster, regions;
    size_t length;                       /* of its regions' codes, each with a space */
    double employment, total, quotients; /* the last weighted by total */
    char *text, *end;
} gathered;

static okrug_status gather(okrug_ctx *ctx, const okrug_clusters_case *of, const okrug_clusters_strength *strength,
                           gathered *group) {
    int64_t cells = of->panel->regions * of->clusters;
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t k = 0; k < cells; k++) {
            gathered *g = &group[strength->group[k]];
            const char *code = of->panel->region[k / of->clusters];
            size_t length = strlen(code);
            if (strength->group[k] == 0) {
                continue;
            }
            if (pass == 1) {
                memcpy(g->end, code, length);
                g->end[length] = ' ';
                g->end += length + 1;
                continue;
            }
            g->cluster = k % of->clusters;
            g->regions++;
            g->length += length + 1;
            g->employment += of->employment[k];
            g->total += of->region_total[k / of->clusters];
            g->quotients += of->region_total[k / of->clusters] * of->lq[k];
        }
        for (int64_t g = 1; pass == 0 && g <= strength->groups; g++) {
            group[g].text = group[g].end = OKRUG_SCRATCH(ctx, (int64_t)group[g].length + 1, char);
            if (group[g].text == NULL) {
                return OKRUG_NO_MEMORY;
            }
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_clusters_write_groups(okrug_ctx *ctx, const okrug_clusters_case *of,
                                         const okrug_clusters_strength *strength, okrug_table *table) {
    if (strength->group == NULL) {
        return OKRUG_OK;
    }
    gathered *group = OKRUG_SCRATCH_ZERO(ctx, strength->groups + 1, gathered);
    OKRUG_TRY(group == NULL ? OKRUG_NO_MEMORY : gather(ctx, of, strength, group));
    for (int64_t k = 1; k <= strength->groups; k++) {
        const gathered *g = &group[k];
        int64_t row = okrug_table_add_row(table, 0);
        char number[32];
        if (row < 0) {
            return OKRUG_NO_MEMORY;
        }
        g->end[-1] = '\0'; /* the space behind the last */
        (void)snprintf(number, sizeof number, "%lld", (long long)k);
        OKRUG_TRY(okrug_result_text(table, 0, row, of->code[g->cluster]));
        OKRUG_TRY(okrug_result_text(table, 1, row, number));
        OKRUG_TRY(okrug_set_number(table, 2, row, (double)g->regions));
        OKRUG_TRY(okrug_set_number(table, 3, row, g->employment));
        OKRUG_TRY(okrug_set_number(table, 4, row, g->employment / of->cluster_total[g->cluster]));
        OKRUG_TRY(okrug_set_number(table, 5, row, g->quotients / g->total));
        OKRUG_TRY(okrug_result_text(table, 6, row, g->text));
    }
    return OKRUG_OK;
}
