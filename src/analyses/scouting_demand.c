/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Staff of members and jobs of projects -> people by cluster and occupation. Jobs of a project are split as the
 * industry of its firm is: by the longest code of the occupations' table that its code begins with.
 */
#include "analyses/scouting_demand.h"

#include <math.h>
#include <string.h>

#include "analyses/result.h"

enum { PEOPLE, VACANCIES, RETIRING, JOBS, SORTS };

/* clusters x occupations of each sort; NaN where nothing was said. */
typedef struct {
    const okrug_scouting *s;
    okrug_words *occupation; /* owned */
    int64_t occupations;
    double *value[SORTS];
} people;

static const char *text_at(const okrug_table *table, const char *column, int64_t row) {
    const okrug_column *of = okrug_table_column(table, column);
    const char *text = of == NULL ? NULL : okrug_text_at(of, row);
    return text == NULL ? "" : text;
}

static okrug_status take_words(people *p, const okrug_table *table) {
    const okrug_column *of = table == NULL ? NULL : okrug_table_column(table, "occupation");
    for (int32_t w = 0; of != NULL && w < okrug_words_count(of->words); w++) {
        const char *text = okrug_words_text(of->words, w);
        if (okrug_words_add(p->occupation, text, strlen(text)) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

static void add(people *p, int sort, int64_t cluster, int64_t occupation, double value) {
    double *to = &p->value[sort][cluster * p->occupations + occupation];
    if (!isnan(value)) {
        *to = isnan(*to) ? value : *to + value;
    }
}

static void add_staff(people *p, const okrug_table *staff) {
    static const char *const columns[] = {"people", "vacancies", "retiring"};
    for (int64_t row = 0; staff != NULL && row < staff->rows; row++) {
        const char *firm = text_at(staff, "firm", row), *occupation = text_at(staff, "occupation", row);
        int32_t who = okrug_words_find(p->s->code, firm, strlen(firm));
        int32_t what = okrug_words_find(p->occupation, occupation, strlen(occupation));
        for (int64_t m = who < 0 ? 0 : p->s->member_ptr[who]; who >= 0 && m < p->s->member_ptr[who + 1]; m++) {
            for (int sort = 0; sort < OKRUG_COUNT_OF(columns); sort++) {
                add(p, sort, p->s->member[m], what, okrug_table_number(staff, columns[sort], row));
            }
        }
    }
}

/* ---- Jobs of projects ---- */

static bool begins_with(const char *code, const char *with) {
    return strncmp(code, with, strlen(with)) == 0;
}

/* The longest code of the table that the industry's begins with; NULL: none. */
static const char *covering(const okrug_table *occupations, const char *industry) {
    const char *best = NULL;
    const okrug_words *codes = okrug_table_column(occupations, "industry")->words;
    for (int32_t w = 0; w < okrug_words_count(codes) && industry[0] != '\0'; w++) {
        const char *code = okrug_words_text(codes, w);
        if (begins_with(industry, code) && (best == NULL || strlen(code) > strlen(best))) {
            best = code;
        }
    }
    return best;
}

static const char *industry_of(const okrug_demand_tables *t, const okrug_scouting *s, int64_t project) {
    const char *own = text_at(t->projects, "industry", project), *firm = text_at(t->projects, "firm", project);
    int32_t who = okrug_words_find(s->code, firm, strlen(firm));
    return own[0] != '\0'                    ? own
           : who < 0 || s->firm_row[who] < 0 ? ""
                                             : text_at(t->firms, "industry", s->firm_row[who]);
}

static okrug_status write_jobs(const okrug_demand_tables *t, int64_t project, const char *occupation, double jobs,
                               okrug_table *table) {
    int64_t row = okrug_table_add_row(table, 0);
    if (row < 0) {
        return OKRUG_NO_MEMORY;
    }
    const char *cluster = text_at(t->projects, "cluster", project);
    OKRUG_TRY(okrug_result_text(table, 0, row, text_at(t->projects, "project", project)));
    OKRUG_TRY(okrug_result_text(table, 1, row, cluster[0] == '\0' ? NULL : cluster));
    OKRUG_TRY(okrug_result_text(table, 2, row, occupation));
    return okrug_set_number(table, 3, row, jobs);
}

/* Shares are taken of their sum, so that all jobs are given out. */
static okrug_status split(people *p, const okrug_demand_tables *t, int64_t project, const char *code,
                          okrug_table *table) {
    double total = 0.0, jobs = okrug_table_number(t->projects, "jobs", project);
    const char *cluster = text_at(t->projects, "cluster", project);
    int32_t where = okrug_words_find(p->s->name, cluster, strlen(cluster));
    for (int64_t row = 0; row < t->occupations->rows; row++) {
        double share = okrug_table_number(t->occupations, "share", row);
        total += strcmp(text_at(t->occupations, "industry", row), code) == 0 && !isnan(share) ? share : 0.0;
    }
    for (int64_t row = 0; row < t->occupations->rows && total > 0.0; row++) {
        double share = okrug_table_number(t->occupations, "share", row);
        if (strcmp(text_at(t->occupations, "industry", row), code) != 0 || isnan(share) || share == 0.0) {
            continue;
        }
        const char *occupation = text_at(t->occupations, "occupation", row);
        OKRUG_TRY(write_jobs(t, project, occupation, jobs * share / total, table));
        if (where >= 0) {
            add(p, JOBS, where, okrug_words_find(p->occupation, occupation, strlen(occupation)), jobs * share / total);
        }
    }
    return OKRUG_OK;
}

static okrug_status add_projects(okrug_ctx *ctx, people *p, const okrug_demand_tables *t, okrug_table *table) {
    int64_t not_split = 0;
    for (int64_t project = 0; t->projects != NULL && project < t->projects->rows; project++) {
        if (!(okrug_table_number(t->projects, "jobs", project) > 0.0)) {
            continue;
        }
        const char *code = t->occupations == NULL ? NULL : covering(t->occupations, industry_of(t, p->s, project));
        if (code == NULL) {
            not_split++;
            continue;
        }
        OKRUG_TRY(split(p, t, project, code, table));
    }
    if (not_split > 0) {
        okrug_warn(ctx, "jobs-not-split", &(okrug_place){.file = t->projects->file}, "count",
                   okrug_text_integer(ctx, not_split), (char *)NULL);
    }
    return OKRUG_OK;
}

/* ---- Rows ---- */

static okrug_status write_demand(const people *p, int64_t cell, okrug_table *table) {
    double known = 0.0;
    bool any = false;
    for (int sort = 0; sort < SORTS; sort++) {
        double value = p->value[sort][cell];
        any = any || !isnan(value);
        known += sort == PEOPLE || isnan(value) ? 0.0 : value;
    }
    int64_t row = any ? okrug_table_add_row(table, 0) : 0;
    if (!any || row < 0) {
        return any ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    OKRUG_TRY(okrug_result_text(table, 0, row, okrug_words_text(p->s->name, (int32_t)(cell / p->occupations))));
    OKRUG_TRY(okrug_result_text(table, 1, row, okrug_words_text(p->occupation, (int32_t)(cell % p->occupations))));
    for (int sort = 0; sort < SORTS; sort++) {
        OKRUG_TRY(okrug_set_number_or(table, 2 + sort, row, p->value[sort][cell], OKRUG_NO_ROW));
    }
    return okrug_set_number(table, 2 + SORTS, row, known);
}

static okrug_status fill(okrug_ctx *ctx, const okrug_demand_tables *t, people *p, okrug_table *demand,
                         okrug_table *jobs) {
    OKRUG_TRY(take_words(p, t->staff));
    OKRUG_TRY(take_words(p, t->occupations));
    p->occupations = okrug_words_count(p->occupation);
    int64_t cells = p->s->clusters * p->occupations;
    for (int sort = 0; sort < SORTS; sort++) {
        p->value[sort] = OKRUG_SCRATCH(ctx, cells, double);
        for (int64_t i = 0; p->value[sort] != NULL && i < cells; i++) {
            p->value[sort][i] = (double)NAN;
        }
        if (p->value[sort] == NULL) {
            return OKRUG_NO_MEMORY;
        }
    }
    add_staff(p, t->staff);
    OKRUG_TRY(add_projects(ctx, p, t, jobs));
    for (int64_t cell = 0; cell < cells; cell++) {
        OKRUG_TRY(write_demand(p, cell, demand));
    }
    return OKRUG_OK;
}

okrug_status okrug_scouting_demand(okrug_ctx *ctx, const okrug_demand_tables *tables, const okrug_scouting *s,
                                   okrug_table *demand, okrug_table *jobs) {
    people p = {.s = s, .occupation = okrug_words_new()};
    okrug_status status = p.occupation == NULL ? OKRUG_NO_MEMORY : fill(ctx, tables, &p, demand, jobs);
    okrug_words_free(p.occupation);
    return status;
}
