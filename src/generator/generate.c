/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked of the generator, checked and handed to the table that makes it.
 */
#include <string.h>

#include "generator/tables.h"

static const struct {
    const char *name;
    generator_table *make;
} tables[] = {{"firms", generator_firms},
              {"firm-accounts", generator_accounts},
              {"contracts", generator_contracts},
              {"products", generator_products},
              {"equipment", generator_equipment},
              {"staff", generator_staff},
              {"clusters", generator_clusters},
              {"participants", generator_participants},
              {"facilities", generator_facilities},
              {"projects", generator_projects},
              {"milestones", generator_milestones},
              {"spending", generator_spending},
              {"obligations", generator_obligations},
              {"needs", generator_needs},
              {"activities", generator_activity_names}};
enum { TABLES = sizeof tables / sizeof tables[0] };

const char *const okrug_generator_tables[] = {
    "firms",      "firm-accounts", "contracts",  "products", "equipment",   "staff", "clusters",   "participants",
    "facilities", "projects",      "milestones", "spending", "obligations", "needs", "activities", NULL};

static okrug_status check_size(okrug_ctx *ctx, const char *option, int64_t value, int64_t least, int64_t most) {
    return value >= least && value <= most
               ? OKRUG_OK
               : okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option, "value",
                            okrug_text_integer(ctx, value), "expected",
                            okrug_text(ctx, "%lld ... %lld", (long long)least, (long long)most), (char *)NULL);
}

/* Every code is the beginning of an activity that is drawn. */
static okrug_status check_strong(okrug_ctx *ctx, const char *strong) {
    for (const char *at = strong == NULL ? "" : strong; *at != '\0';) {
        size_t length = strcspn(at, " ");
        bool found = length == 0;
        for (int i = 0; i < generator_activity_count && !found; i++) {
            found = strncmp(generator_activities[i].code, at, length) == 0;
        }
        if (!found) {
            return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "strong", "value",
                              okrug_text(ctx, "%.*s", (int)length, at), "expected", "16 31", (char *)NULL);
        }
        at += length + (at[length] == ' ');
    }
    return OKRUG_OK;
}

okrug_status generator_check(okrug_ctx *ctx, const okrug_generator_request *request) {
    OKRUG_TRY(check_size(ctx, "firms", request->firms, 1, OKRUG_GENERATOR_FIRMS_MOST));
    OKRUG_TRY(check_size(ctx, "contracts", request->contracts, 0, OKRUG_GENERATOR_CONTRACTS_MOST));
    OKRUG_TRY(check_size(ctx, "clusters", request->clusters, 0, OKRUG_GENERATOR_CLUSTERS_MOST));
    if (!(request->duplicates >= 0.0 && request->duplicates <= 0.5)) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "duplicates", "value",
                          okrug_text_number(ctx, request->duplicates), "expected", "0 ... 0.5", (char *)NULL);
    }
    OKRUG_TRY(check_strong(ctx, request->strong));
    const char *region = request->region;
    if (strlen(region) != 2 || strspn(region, "0123456789") != 2) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "region", "value", region,
                          "expected", "01 ... 99", (char *)NULL);
    }
    return OKRUG_OK;
}

okrug_status okrug_generate_table(okrug_ctx *ctx, const okrug_generator_request *request, const char *table,
                                  const char *path) {
    generator_world world;
    generator_out out;
    OKRUG_TRY(generator_check(ctx, request));
    generator_world_of(request, &world);
    for (int i = 0; i < TABLES; i++) {
        if (strcmp(tables[i].name, table) == 0) {
            OKRUG_TRY(generator_out_open(ctx, path, &out));
            return generator_out_close(&out, tables[i].make(&world, &out));
        }
    }
    return okrug_fail(ctx, OKRUG_DEFECT, "store-defect", NULL, "detail", table, (char *)NULL);
}
