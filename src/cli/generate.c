/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command that makes firms up.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <okrug/number.h>
#include <okrug/text.h>

#include "cli/cli.h"
#include "generator/generator.h"

static okrug_status read_whole(cli *c, const okrug_option *option, int64_t most, int64_t *value) {
    double number = 0.0;
    bool is_number = okrug_number_read(option->value, strlen(option->value), &number);
    if (!is_number || number < 0.0 || number > (double)most || number != (double)(int64_t)number) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option->name, "value",
                          option->value, "expected", okrug_text(c->ctx, "0 ... %lld", (long long)most), (char *)NULL);
    }
    *value = (int64_t)number;
    return OKRUG_OK;
}

static okrug_status read_option(cli *c, const okrug_option *option, okrug_generator_request *request) {
    int64_t seed = 0;
    if (strcmp(option->name, "firms") == 0) {
        return read_whole(c, option, OKRUG_GENERATOR_FIRMS_MOST, &request->firms);
    }
    if (strcmp(option->name, "contracts") == 0) {
        return read_whole(c, option, OKRUG_GENERATOR_CONTRACTS_MOST, &request->contracts);
    }
    if (strcmp(option->name, "clusters") == 0) {
        return read_whole(c, option, OKRUG_GENERATOR_CLUSTERS_MOST, &request->clusters);
    }
    if (strcmp(option->name, "seed") == 0) {
        OKRUG_TRY(read_whole(c, option, INT64_C(1) << 53, &seed));
        request->seed = (uint64_t)seed;
        return OKRUG_OK;
    }
    if (strcmp(option->name, "region") == 0) {
        request->region = option->value;
        return OKRUG_OK;
    }
    if (strcmp(option->name, "strong") == 0) {
        request->strong = option->value;
        return OKRUG_OK;
    }
    if (strcmp(option->name, "duplicates") == 0) {
        return okrug_number_read(option->value, strlen(option->value), &request->duplicates)
                   ? OKRUG_OK
                   : okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", option->name, "value",
                                option->value, "expected", "0 ... 0.5", (char *)NULL);
    }
    return cli_no_option(c, option->name);
}

/* All tables into a folder. */
static okrug_status generate_region(cli *c, const okrug_generator_request *request, const char *folder) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return okrug_fail_to_write(c->ctx, folder, errno);
    }
    for (int i = 0; okrug_generator_tables[i] != NULL; i++) {
        const char *table = okrug_generator_tables[i];
        OKRUG_TRY(okrug_generate_table(c->ctx, request, table, okrug_text(c->ctx, "%s/%s.csv", folder, table)));
    }
    return OKRUG_OK;
}

static okrug_status check_format(cli *c, const char *what, const char *format) {
    bool fits = format == NULL || strcmp(format, "csv") == 0 ||
                (strcmp(what, "firms") == 0 && (strcmp(format, "sme") == 0 || strcmp(format, "egrul") == 0)) ||
                (strcmp(what, "products") == 0 && strcmp(format, "gisp") == 0);
    return fits ? OKRUG_OK
                : okrug_fail(c->ctx, OKRUG_BAD_USAGE, "bad-option-value", NULL, "option", "format", "value", format,
                             "expected",
                             strcmp(what, "firms") == 0      ? "csv, sme, egrul"
                             : strcmp(what, "products") == 0 ? "csv, gisp"
                                                             : "csv",
                             (char *)NULL);
}

okrug_status cli_generate(cli *c) {
    const cli_arguments *a = &c->arguments;
    OKRUG_TRY(cli_need_names(c, 1, 1));
    const char *what = a->name[0];
    okrug_generator_request request = {.seed = 1, .firms = 5000, .contracts = 20000, .clusters = 6, .region = "40"};
    for (int i = 0; i < a->options; i++) {
        OKRUG_TRY(read_option(c, &a->option[i], &request));
    }
    bool region = strcmp(what, "region") == 0;
    if (!region && !okrug_text_is_one_of(what, okrug_generator_tables)) {
        const char *known = "region";
        for (int i = 0; okrug_generator_tables[i] != NULL; i++) {
            known = okrug_text_listed(c->ctx, known, okrug_generator_tables[i]);
        }
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "unknown-kind", NULL, "kind", what, "known", known, (char *)NULL);
    }
    OKRUG_TRY(check_format(c, what, a->format));
    if (a->directory == NULL) {
        return okrug_fail(c->ctx, OKRUG_BAD_USAGE, "needs-output", NULL, (char *)NULL);
    }
    if (region) {
        return generate_region(c, &request, a->directory);
    }
    return a->format == NULL || strcmp(a->format, "csv") == 0
               ? okrug_generate_table(c->ctx, &request, what, a->directory)
               : okrug_generate_register(c->ctx, &request, a->format, a->directory);
}
