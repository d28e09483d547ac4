/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * status: whether a cluster meets the criteria of a set of rules on a day, each with its verdict, its clause and how
 * far the rule can be trusted; and which evidence is missing.
 */
#include <math.h>
#include <string.h>

#include "analyses/list.h"
#include "analyses/result.h"
#include "analyses/status_rows.h"

#define STATUS_PARAMETERS(REAL, INTEGER, CHOICE, TEXT, TEXTS) OKRUG_EVIDENCE_PARAMETERS(CHOICE, TEXT)

typedef struct {
    OKRUG_PARAMETER_FIELDS(STATUS_PARAMETERS)
} status_parameters;
#define OKRUG_PARAMETERS status_parameters
static const okrug_parameter parameters[] = {OKRUG_PARAMETER_ROWS(STATUS_PARAMETERS)};

static const char *const shipped[OKRUG_EVIDENCE_INPUTS] = {[OKRUG_OF_RULES] = "set"};

static const char *const references[] = {
    "Government of the Russian Federation, Decree 779 of 31.07.2015 on industrial clusters and specialised "
    "organisations of "
    "industrial clusters, as amended by 963 (2016), 905 (2018), 1956 (2021), 2372 (2022), 1585 (2023), 413 (2024).",
    "Delgado, M., Porter, M. E., Stern, S. (2014). Defining Clusters of Related Industries. NBER Working Paper 20375.",
    NULL,
};

/* Those who sell more to the others than they sell at all: one of the two figures is wrong. */
typedef struct {
    const char *name[5];
    int64_t count;
} overfull;

static void look_for_overfull(const okrug_case *one, overfull *found) {
    const okrug_column *firm = okrug_table_column(one->ev->table[OKRUG_OF_PARTICIPANTS], "firm");
    for (int64_t i = 0; i < one->members.group.participants; i++) {
        if (okrug_compared(one->shares.share[i], OKRUG_ABOVE, 1.0) == OKRUG_YES) {
            if (found->count < OKRUG_COUNT_OF(found->name)) {
                found->name[found->count] = okrug_words_text(firm->words, one->members.firm[i]);
            }
            found->count++;
        }
    }
}

static void tell_overfull(okrug_ctx *ctx, const overfull *found, const char *year) {
    const char *list = "";
    for (int64_t k = 0; k < found->count && k < OKRUG_COUNT_OF(found->name); k++) {
        list = okrug_text_listed(ctx, list, found->name[k]);
    }
    if (found->count > 0) {
        okrug_warn(ctx, "shares-above-one", NULL, "count", okrug_text_integer(ctx, found->count), "firms",
                   okrug_text_curtailed(ctx, list, OKRUG_COUNT_OF(found->name), found->count), "year", year,
                   (char *)NULL);
    }
}

static okrug_status run(okrug_ctx *ctx, const okrug_job *job, okrug_dataset *result) {
    const status_parameters *p = job->parameters;
    okrug_evidence_time time;
    okrug_rule_set set;
    OKRUG_TRY(okrug_evidence_take_time(ctx, p->date, p->period, &time));
    OKRUG_TRY(okrug_rule_set_read(ctx, job->input[OKRUG_OF_RULES], okrug_evidence_sets[p->set], time.date, p->confirmed,
                                  &set));
    okrug_status_tables to;
    OKRUG_TRY(okrug_status_begin(result, okrug_status_outputs, &to));
    const okrug_table *input = job->input[OKRUG_OF_PARTICIPANTS];
    if (okrug_table_column(input, "firm") == NULL) {
        return okrug_status_aggregate(ctx, input, &time, &set, &to);
    }
    okrug_evidence ev;
    okrug_span *counted = NULL;
    OKRUG_TRY(okrug_evidence_read(ctx, job->input, &time, p->spread, NULL, okrug_rule_set_vat, &set, &ev));
    okrug_rule_set_tell_vat(ctx, &set, &ev);
    OKRUG_TRY(okrug_rule_set_count(ctx, &set, &ev, &counted));
    int32_t *place = OKRUG_SCRATCH(ctx, ev.firms, int32_t);
    if (place == NULL) {
        return OKRUG_NO_MEMORY;
    }
    memset(place, -1, (size_t)ev.firms * sizeof *place);
    overfull found = {.count = 0};
    for (int64_t c = 0; c < ev.clusters; c++) {
        okrug_mark mark = okrug_scratch_mark(ctx);
        okrug_progress(ctx, "task.judging", (double)c, (double)ev.clusters);
        OKRUG_TRY(okrug_check_cancel(ctx));
        okrug_case one = {.ev = &ev, .set = &set, .cluster = ev.cluster[c], .counted = counted + c * set.slots};
        OKRUG_TRY(okrug_evidence_enter(ctx, &ev, c, 0, place, &one.members));
        OKRUG_TRY(okrug_evidence_link(ctx, &ev, place, &one.members));
        okrug_evidence_leave(place, &one.members, one.members.group.participants);
        OKRUG_TRY(okrug_case_judge(ctx, &one));
        OKRUG_TRY(okrug_status_write(ctx, &one, &to));
        look_for_overfull(&one, &found);
        okrug_scratch_reset(ctx, mark);
    }
    tell_overfull(ctx, &found, time.year);
    return OKRUG_OK;
}

const okrug_analysis okrug_analysis_status = {.id = "status",
                                              .inputs = okrug_evidence_input,
                                              .input_count = OKRUG_EVIDENCE_INPUTS,
                                              .parameters = parameters,
                                              .parameter_count = OKRUG_COUNT_OF(parameters),
                                              .parameter_size = sizeof(status_parameters),
                                              .outputs = okrug_status_outputs,
                                              .output_count = OKRUG_STATUS_TABLES,
                                              .references = references,
                                              .cost = "O(firms + contracts + clusters * rules)",
                                              .no_grain = "each-alone",
                                              .shipped = shipped,
                                              .run = run};
