/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All firms at a glance, and who of them is in which cluster.
 */
#include <stdlib.h>
#include <string.h>

#include "generator/tables.h"

enum { OF_AN_ACTIVITY = 5, LEAST = 10 /* employees, of those who make something */ };

int generator_cluster_count(const generator_world *world) {
    return (int)world->request->clusters;
}

void generator_cluster_code(const generator_world *world, int cluster, char code[24]) {
    snprintf(code, 24, "SYN-%.2s-%d", world->request->region, cluster + 1);
}

/* Those who sell to anyone: one of each is in a cluster. */
static bool serves_all(const generator_activity *activity) {
    static const char *const codes[] = {"49.41", "33.12", "71.12", "72.19"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(activity->code, codes[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The largest firms of its chain at the chain's home. */
static void choose_members(const generator_world *world, const generator_index *index, int16_t *cluster_of,
                           int cluster) {
    int chain = cluster + 1;
    int home = world->places.home[chain];
    for (int a = 0; a < generator_activity_count; a++) {
        const generator_activity *activity = &generator_activities[a];
        bool own = (int)activity->chain == chain;
        int most = own ? OF_AN_ACTIVITY : serves_all(activity) ? 1 : 0;
        for (int64_t i = index->start[a]; i < index->start[a + 1] && most > 0; i++) {
            int32_t firm = index->order[i];
            if (index->place[firm] == home && (!own || index->employees[firm] >= LEAST) && cluster_of[firm] < 0) {
                cluster_of[firm] = (int16_t)cluster;
                most--;
            }
        }
    }
}

typedef struct {
    int32_t firm, employees;
    int activity;
} entry;

static int by_activity_and_size(const void *left, const void *right) {
    const entry *a = left, *b = right;
    return a->activity != b->activity     ? (a->activity < b->activity ? -1 : 1)
           : a->employees != b->employees ? (a->employees > b->employees ? -1 : 1)
                                          : (a->firm > b->firm) - (a->firm < b->firm);
}

okrug_status generator_index_of(const generator_world *world, okrug_ctx *ctx, generator_index *index) {
    int64_t count = world->request->firms;
    uint8_t *activity = OKRUG_SCRATCH(ctx, count, uint8_t);
    uint8_t *place = OKRUG_SCRATCH(ctx, count, uint8_t);
    int32_t *employees = OKRUG_SCRATCH(ctx, count, int32_t);
    int16_t *cluster = OKRUG_SCRATCH(ctx, count, int16_t);
    int64_t *start = OKRUG_SCRATCH_ZERO(ctx, generator_activity_count + 1, int64_t);
    int32_t *order = OKRUG_SCRATCH(ctx, count, int32_t);
    entry *entries = OKRUG_SCRATCH(ctx, count, entry);
    if (activity == NULL || place == NULL || employees == NULL || cluster == NULL || start == NULL || order == NULL ||
        entries == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t i = 0; i < count; i++) {
        if (i % 65536 == 0) {
            OKRUG_TRY(okrug_check_cancel(ctx));
        }
        generator_firm firm;
        generator_firm_outline(world, i, &firm);
        activity[i] = (uint8_t)firm.activity;
        place[i] = (uint8_t)firm.place;
        employees[i] = firm.employees;
        cluster[i] = -1;
        entries[i] = (entry){(int32_t)i, firm.employees, firm.activity};
        start[firm.activity + 1]++;
    }
    qsort(entries, (size_t)count, sizeof *entries, by_activity_and_size);
    for (int64_t i = 0; i < count; i++) {
        order[i] = entries[i].firm;
    }
    for (int a = 0; a < generator_activity_count; a++) {
        start[a + 1] += start[a];
    }
    *index = (generator_index){count, activity, place, employees, cluster, start, order};
    for (int c = 0; c < generator_cluster_count(world); c++) {
        choose_members(world, index, cluster, c);
    }
    return OKRUG_OK;
}

void generator_day(int64_t days, char text[16]) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 2022;
    for (; days >= 365 + (year % 4 == 0); year++) {
        days -= 365 + (year % 4 == 0);
    }
    int month = 0;
    while (days >= lengths[month] + (month == 1 && year % 4 == 0)) {
        days -= lengths[month] + (month == 1 && year % 4 == 0);
        month++;
    }
    snprintf(text, 16, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)(month + 1) % 100,
             (unsigned)(days + 1) % 100);
}
