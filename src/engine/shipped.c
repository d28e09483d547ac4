/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Data that come with the program, carried inside it: rules and what else changes more often than code. They are files
 * of data/, read as any other file is; a result names the file and its hash.
 */
#include "engine/shipped.h"

#include <string.h>

/* X(name of data/law/NAME.csv, symbol) */
#define SHIPPED(X)                                                                                                     \
    X("eccp", eccp)                                                                                                    \
    X("instruments", instruments)                                                                                      \
    X("measure-terms", measure_terms)                                                                                  \
    X("measures", measures)                                                                                            \
    X("ru-779", ru_779)                                                                                                \
    X("us-clusters", us_clusters)

#define OKRUG_X(name, symbol)                                                                                          \
    extern const char okrug_embedded_data_law_##symbol##_csv[];                                                        \
    extern const char okrug_embedded_data_law_##symbol##_csv_end[];
SHIPPED(OKRUG_X)
#undef OKRUG_X

okrug_shipped okrug_shipped_find(const char *name) {
    static const struct {
        const char *name, *file, *begin, *end;
    } all[] = {
#define OKRUG_X(name, symbol)                                                                                          \
    {name, name ".csv", okrug_embedded_data_law_##symbol##_csv, okrug_embedded_data_law_##symbol##_csv_end},
        SHIPPED(OKRUG_X)
#undef OKRUG_X
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(all[i].name, name) == 0) {
            return (okrug_shipped){all[i].file, all[i].begin, (size_t)(all[i].end - all[i].begin)};
        }
    }
    return (okrug_shipped){0};
}

static const char *choice_of(okrug_ctx *ctx, const okrug_parameter *parameter, const void *parameters) {
    int place = 0;
    memcpy(&place, (const char *)parameters + parameter->offset, sizeof place);
    const char *at = parameter->choices;
    while (place-- > 0) {
        at = strchr(at, '|') + 1;
    }
    return okrug_text(ctx, "%.*s", (int)strcspn(at, "|"), at);
}

okrug_shipped okrug_shipped_for(okrug_ctx *ctx, const okrug_analysis *analysis, int input, const void *parameters) {
    const char *shipped = analysis->shipped == NULL ? NULL : analysis->shipped[input];
    if (shipped == NULL) {
        return (okrug_shipped){0};
    }
    for (int i = 0; i < analysis->parameter_count; i++) {
        const okrug_parameter *parameter = &analysis->parameters[i];
        if (parameter->kind == OKRUG_PARAMETER_CHOICE && strcmp(parameter->name, shipped) == 0) {
            return okrug_shipped_find(choice_of(ctx, parameter, parameters));
        }
    }
    return okrug_shipped_find(shipped);
}
