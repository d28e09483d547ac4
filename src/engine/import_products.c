/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The register of industrial products (decree 719) as its keeper gives it out: columns of its own names, in the
 * workbook on the sheet «Продукция» below two lines of titles. It has a line for each entry, so that a firm's product
 * comes many times, and what is wrong in it is counted and left out: nobody here can put it right.
 */
#include <string.h>

#include <okrug/role.h>

#include "engine/import.h"

typedef enum { FIRM, PRODUCT, NAME, NUMBER, OGRN, MAKER, CUSTOMS, RULES, SYNTHETIC, COLUMNS } product_column;

static const struct {
    const char *name;
    const char *header[3]; /* of the CSV file; of the workbook */
} columns[COLUMNS] = {[FIRM] = {"firm", {"INN", "ИНН"}},
                      [PRODUCT] = {"product", {"OKPD2", "ОКПД2", "ОКПД 2"}},
                      [NAME] = {"name", {"Productname", "Наименование продукции"}},
                      [NUMBER] = {"registry_number", {"Registernumber", "Реестровый номер"}},
                      [OGRN] = {"ogrn", {"OGRN", "ОГРН"}},
                      [MAKER] = {"maker", {"Nameoforg", "Предприятие"}},
                      [CUSTOMS] = {"tnved", {"TNVED", "ТН ВЭД"}},
                      [RULES] = {"regulations", {"Nameofregulations", "Изготовлена в соответствии с"}},
                      [SYNTHETIC] = {"synthetic", {"synthetic"}}};

/* The header that stands for the column; NULL: none. */
static const char *header_of(const okrug_words *header, product_column column) {
    for (int i = 0; i < 3 && columns[column].header[i] != NULL; i++) {
        const char *name = columns[column].header[i];
        if (okrug_words_find(header, name, strlen(name)) >= 0) {
            return name;
        }
    }
    return NULL;
}

static bool is_products(const okrug_words *header) {
    return header_of(header, FIRM) != NULL && header_of(header, PRODUCT) != NULL && header_of(header, NAME) != NULL &&
           header_of(header, NUMBER) != NULL;
}

/* As the CSV file has its header, and as the workbook has. Where neither reads, others say why. */
static okrug_status look(okrug_importing *importing, okrug_ctx *quiet, okrug_words *header, bool *is) {
    const okrug_import_request *request = importing->request;
    const okrug_reading ways[] = {{.part = request->part},
                                  {.part = request->part == NULL ? "Продукция" : request->part, .header_row = 3}};
    for (int i = 0; i < OKRUG_COUNT_OF(ways) && !*is; i++) {
        okrug_status status = okrug_load_plain(quiet, request->file, request->folder, &ways[i], header, NULL, NULL);
        *is = status == OKRUG_OK && is_products(header);
        if (*is) {
            importing->reading = ways[i];
        }
        if (status == OKRUG_NO_MEMORY || status == OKRUG_CANCELLED) {
            return status;
        }
    }
    return OKRUG_OK;
}

okrug_status okrug_import_products_find(okrug_ctx *ctx, okrug_importing *importing, bool *is) {
    const okrug_import_request *request = importing->request;
    *is = false;
    if (strcmp(request->kind, "products") != 0 || request->bytes != NULL || strcmp(request->file, "-") == 0) {
        return OKRUG_OK;
    }
    for (int i = 0; i < request->options.count; i++) {
        if (!okrug_text_is_one_of(request->options.option[i].name, okrug_description_options)) {
            return OKRUG_OK; /* whoever says how to read it is heeded */
        }
    }
    okrug_ctx *quiet = okrug_ctx_new(NULL);
    okrug_words *header = okrug_words_new();
    okrug_status status = quiet == NULL || header == NULL ? OKRUG_NO_MEMORY : look(importing, quiet, header, is);
    okrug_words_free(header);
    okrug_ctx_free(quiet);
    return okrug_check_cancel(ctx) != OKRUG_OK ? OKRUG_CANCELLED : status;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

typedef struct {
    const okrug_column *from[COLUMNS]; /* NULL: the file has none */
    okrug_table *table;
    okrug_words *keys;
    okrug_buffer key;
    int64_t without_code, bad_codes, repeated;
} making;

static const char *cell(const making *m, product_column column, int64_t row) {
    const char *text = m->from[column] == NULL ? NULL : okrug_text_at(m->from[column], row);
    return text != NULL && text[0] == '\0' ? NULL : text;
}

static bool is_code(okrug_domain domain, const char *text) {
    char buffer[OKRUG_DOMAIN_TEXT];
    size_t length = strlen(text);
    return okrug_domain_text(domain, text, &length, buffer) != NULL;
}

static okrug_status add_row(making *m, int64_t row) {
    const char *firm = cell(m, FIRM, row);
    const char *product = cell(m, PRODUCT, row);
    if (firm == NULL || product == NULL || !is_code(OKRUG_DOMAIN_INN, firm) || !is_code(OKRUG_DOMAIN_OKPD, product)) {
        m->without_code++;
        return OKRUG_OK;
    }
    okrug_buffer_clear(&m->key);
    okrug_buffer_add_format(&m->key, "%s %s", firm, product);
    OKRUG_TRY(okrug_buffer_status(&m->key));
    if (okrug_words_find(m->keys, m->key.bytes, m->key.length) >= 0) {
        m->repeated++;
        return OKRUG_OK;
    }
    int64_t at = okrug_words_add(m->keys, m->key.bytes, m->key.length) < 0 ? -1 : okrug_table_add_row(m->table, 0);
    if (at < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0; c < COLUMNS; c++) {
        const char *text = cell(m, (product_column)c, row);
        if (c == OGRN && text != NULL && !is_code(OKRUG_DOMAIN_OGRN, text)) {
            m->bad_codes++;
            text = NULL;
        }
        if (text != NULL) {
            OKRUG_TRY(okrug_set_text(m->table, c, at, text, strlen(text)));
        }
    }
    return OKRUG_OK;
}

static okrug_status make_rows(making *m, const okrug_table *plain, okrug_dataset *dataset) {
    okrug_status status = OKRUG_OK;
    m->keys = okrug_words_new();
    for (int c = 0; c < COLUMNS; c++) {
        int at = okrug_table_add_column(m->table, columns[c].name, OKRUG_TEXT, OKRUG_UNIT_NONE);
        for (int i = 0; i < 3 && columns[c].header[i] != NULL && m->from[c] == NULL; i++) {
            m->from[c] = okrug_bind_source(plain, columns[c].header[i]);
        }
        const char *header = m->from[c] == NULL ? NULL : m->from[c]->name;
        if (at >= 0 && header != NULL) {
            m->table->column[at].header = okrug_dataset_keep(dataset, header);
        }
        status = at < 0 ? OKRUG_NO_MEMORY : status;
    }
    status = m->keys == NULL ? OKRUG_NO_MEMORY : status;
    for (int64_t row = 0; status == OKRUG_OK && row < plain->rows; row++) {
        status = add_row(m, row);
    }
    okrug_words_free(m->keys);
    okrug_buffer_free(&m->key);
    return status;
}

static void tell(okrug_ctx *ctx, const char *file, const making *m) {
    okrug_place place = {.file = file};
    if (m->without_code > 0) {
        okrug_warn(ctx, "products-without-code", &place, "count", okrug_text_integer(ctx, m->without_code),
                   (char *)NULL);
    }
    if (m->bad_codes > 0) {
        okrug_warn(ctx, "register-bad-codes", &place, "count", okrug_text_integer(ctx, m->bad_codes), (char *)NULL);
    }
    if (m->repeated > 0) {
        okrug_warn(ctx, "products-repeated", &place, "count", okrug_text_integer(ctx, m->repeated), (char *)NULL);
    }
}

okrug_status okrug_import_products_load(okrug_ctx *ctx, okrug_importing *importing) {
    const okrug_import_request *request = importing->request;
    okrug_loaded *loaded = &importing->loaded;
    const char *path = okrug_path(ctx, request->folder, request->file);
    okrug_dataset *plain = okrug_dataset_new("plain", "products");
    okrug_table *source = NULL;
    okrug_status status = plain == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    if (status == OKRUG_OK) {
        status = okrug_source_read(ctx,
                                   &(okrug_source_request){.path = path,
                                                           .part = importing->reading.part,
                                                           .header_row = importing->reading.header_row},
                                   plain, "products", &loaded->understood, &source);
    }
    if (status == OKRUG_OK) {
        loaded->dataset = okrug_dataset_new(importing->id, request->kind);
        loaded->table = loaded->dataset == NULL ? NULL : okrug_dataset_add_table(loaded->dataset, importing->id);
        status = loaded->table == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    if (status == OKRUG_OK) {
        making m = {.table = loaded->table};
        loaded->file = okrug_base_name(path);
        loaded->table->file = okrug_dataset_keep(loaded->dataset, path);
        status = make_rows(&m, source, loaded->dataset);
        loaded->understood.rows_kept = loaded->table->rows;
        tell(ctx, path, &m);
    }
    if (status != OKRUG_OK) {
        okrug_loaded_free(loaded);
    }
    okrug_dataset_free(plain);
    return status;
}
