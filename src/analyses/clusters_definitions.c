/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which cluster an industry belongs to, and how fine its code is.
 */
#include <ctype.h>
#include <string.h>

#include "analyses/clusters_case.h"

/* A word that tables write where there is nothing may be meant so, and may be a code: it is told. */
static void doubt_code(okrug_ctx *ctx, const okrug_table *definitions, int64_t row, const char *code) {
    static const char *const nothing[] = {"NA", "N/A", "na", "n/a", "NaN", "none", "None", "нет", "-"};
    for (int i = 0; i < OKRUG_COUNT_OF(nothing); i++) {
        if (strcmp(code, nothing[i]) == 0) {
            okrug_place at = okrug_table_place(definitions, row, "cluster");
            okrug_warn(ctx, "cluster-called-nothing", &at, "cluster", code, (char *)NULL);
        }
    }
}

okrug_status okrug_cluster_definitions_read(okrug_ctx *ctx, const okrug_table *definitions, okrug_clusters_case *out) {
    const okrug_column *industry = okrug_table_column(definitions, "industry");
    const okrug_column *cluster = okrug_table_column(definitions, "cluster");
    const okrug_column *name = okrug_table_column(definitions, "name");
    int32_t words = okrug_words_count(industry->words), clusters = okrug_words_count(cluster->words);
    int32_t *place = OKRUG_SCRATCH(ctx, clusters + 1, int32_t);
    out->definitions = definitions;
    out->code = OKRUG_SCRATCH(ctx, clusters + 1, const char *);
    out->members = OKRUG_SCRATCH_ZERO(ctx, clusters + 1, int64_t);
    out->cluster_of = OKRUG_SCRATCH(ctx, words + 1, int32_t);
    out->industry = OKRUG_SCRATCH_ZERO(ctx, words + 1, const char *);
    if (place == NULL || out->code == NULL || out->members == NULL || out->cluster_of == NULL ||
        out->industry == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, ((size_t)clusters + 1) * sizeof *place);
    memset(out->cluster_of, -1, ((size_t)words + 1) * sizeof *out->cluster_of);
    for (int64_t row = 0; row < definitions->rows; row++) {
        int32_t of = cluster->word[row], code = industry->word[row];
        const char *called = name == NULL ? NULL : okrug_text_at(name, row);
        if (of < 0) {
            continue;
        }
        if (place[of] < 0) {
            out->code[out->clusters] = okrug_words_text(cluster->words, of);
            place[of] = (int32_t)out->clusters++;
            doubt_code(ctx, definitions, row, okrug_words_text(cluster->words, of));
        }
        out->cluster_of[code] = place[of];
        out->industry[code] = called != NULL ? called : okrug_words_text(industry->words, code);
        out->members[place[of]]++;
    }
    return OKRUG_OK;
}

static int32_t word_of(const okrug_clusters_case *of, const char *industry) {
    const okrug_column *column = okrug_table_column(of->definitions, "industry");
    return okrug_words_find(column->words, industry, strlen(industry));
}

int32_t okrug_cluster_of(const okrug_clusters_case *of, const char *industry) {
    int32_t word = word_of(of, industry);
    return word < 0 ? -1 : of->cluster_of[word];
}

const char *okrug_cluster_member_name(const okrug_clusters_case *of, const char *industry) {
    return of->industry[word_of(of, industry)];
}

int64_t okrug_cluster_digits(const okrug_clusters_case *of, const char **first) {
    int64_t least = INT64_MAX;
    for (int64_t i = 0; i < of->panel->industries; i++) {
        int64_t digits = 0;
        for (const char *c = of->panel->industry[i]; of->of[i] >= 0 && *c != '\0'; c++) {
            /* A byte of 128 or more belongs to a letter of another alphabet. */
            bool letter = isalpha((unsigned char)*c) || ((unsigned char)*c & 0x80U) != 0;
            digits = letter ? 0 : digits + (isdigit((unsigned char)*c) != 0);
        }
        if (of->of[i] >= 0 && digits < least) {
            least = digits;
            *first = of->panel->industry[i];
        }
    }
    return least;
}
