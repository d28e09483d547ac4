/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The row that a record becomes. A code whose digits do not check is left out and counted: the register may be wrong,
 * and a wrong code would join strangers.
 */
#include <string.h>

#include <okrug/number.h>
#include <okrug/role.h>

#include "sources/record.h"

typedef enum {
    COLUMN_FIRM,
    COLUMN_NAME,
    COLUMN_INN,
    COLUMN_OGRN,
    COLUMN_KPP,
    COLUMN_FORM,
    COLUMN_CATEGORY,
    COLUMN_REGION,
    COLUMN_INDUSTRY,
    COLUMN_ACTIVITIES,
    COLUMN_SETTLEMENT,
    COLUMN_ADDRESS,
    COLUMN_PRECISION,
    COLUMN_EMPLOYEES,
    COLUMN_SINCE,
    COLUMN_UNTIL,
    COLUMN_SYNTHETIC,
    COLUMN_PERSONAL,
    COLUMN_PRODUCTS,
    COLUMN_INCLUDED,
    COLUMN_CAPITAL,
    COLUMNS
} column_id;

enum { SME = 1, EGRUL = 2, BOTH = 3 };

/* `field`: what the register has there word for word; RECORD_FIELDS: it is made of several. */
static const struct {
    const char *name;
    const char *sme, *egrul; /* what the register calls it; NULL: it has no such thing, or not as it is */
    int shapes;
    record_field field;
    okrug_type type;
    okrug_unit unit;
} columns[COLUMNS] = {
    [COLUMN_FIRM] = {"firm", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_NAME] = {"name", "НаимОргСокр", "НаимСокр", BOTH, RECORD_NAME, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_INN] = {"inn", "ИННЮЛ", "ИНН", BOTH, RECORD_INN, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_OGRN] = {"ogrn", "ОГРН", "ОГРН", BOTH, RECORD_OGRN, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_KPP] = {"kpp", NULL, "КПП", EGRUL, RECORD_KPP, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_FORM] = {"legal_form", NULL, "ПолнНаимОПФ", EGRUL, RECORD_FORM, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_CATEGORY] = {"category", "КатСубМСП", NULL, SME, RECORD_CATEGORY, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_REGION] = {"region", "КодРегион", "КодРегион", BOTH, RECORD_REGION, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_INDUSTRY] = {"industry", "КодОКВЭД", "КодОКВЭД", BOTH, RECORD_INDUSTRY, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_ACTIVITIES] = {"activities", NULL, NULL, BOTH, RECORD_ACTIVITIES, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_SETTLEMENT] = {"settlement", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_ADDRESS] = {"address", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_PRECISION] = {"precision", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_EMPLOYEES] = {"employees", "ССЧР", NULL, SME, RECORD_EMPLOYEES, OKRUG_NUMBER, OKRUG_UNIT_PERSON},
    [COLUMN_SINCE] = {"since", NULL, "ДатаОГРН", EGRUL, RECORD_SINCE, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_UNTIL] = {"until", NULL, "ДатаПрекрЮЛ", EGRUL, RECORD_UNTIL, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_SYNTHETIC] = {"synthetic", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_PERSONAL] = {"personal", NULL, NULL, BOTH, RECORD_FIELDS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_PRODUCTS] = {"products", "КодПрод", NULL, SME, RECORD_PRODUCTS, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_INCLUDED] = {"included", "ДатаВклМСП", NULL, SME, RECORD_INCLUDED, OKRUG_TEXT, OKRUG_UNIT_NONE},
    [COLUMN_CAPITAL] = {"capital", NULL, "СумКап", EGRUL, RECORD_CAPITAL, OKRUG_NUMBER, OKRUG_UNIT_RUB},
};

static bool has(okrug_register_shape shape, int column) {
    return (columns[column].shapes & (shape == OKRUG_REGISTER_SME ? SME : EGRUL)) != 0;
}

static const char *own_name(okrug_register_shape shape, int column) {
    return shape == OKRUG_REGISTER_SME ? columns[column].sme : columns[column].egrul;
}

okrug_status okrug_register_columns(okrug_register_shape shape, okrug_table *table) {
    for (int c = 0; c < COLUMNS; c++) {
        if (!has(shape, c)) {
            continue;
        }
        int at = okrug_table_add_column(table, columns[c].name, columns[c].type, columns[c].unit);
        if (at < 0) {
            return OKRUG_NO_MEMORY;
        }
        table->column[at].header = own_name(shape, c);
    }
    return OKRUG_OK;
}

/* ---- Tests ------------------------------------------------------------------------------------------------------- */

static const char *names_of(okrug_ctx *ctx, okrug_register_shape shape) {
    const char *names = "";
    for (int c = 0; c < COLUMNS; c++) {
        names = has(shape, c) ? okrug_text_listed(ctx, names, columns[c].name) : names;
    }
    return names;
}

okrug_status record_tests_of(okrug_ctx *ctx, const okrug_register_request *request, record_tests *tests) {
    okrug_status status = OKRUG_OK;
    if (request->where_count > RECORD_COLUMNS) {
        return okrug_fail(ctx, OKRUG_BAD_USAGE, "too-many-options", NULL, (char *)NULL);
    }
    for (int i = 0; i < request->where_count; i++) {
        const okrug_where *where = &request->where[i];
        tests->column[i] = -1;
        tests->field[i] = -1;
        for (int c = 0; c < COLUMNS; c++) {
            const char *own = own_name(request->shape, c);
            if (has(request->shape, c) && strcmp(columns[c].name, where->column) == 0) {
                tests->column[i] = c;
            } else if (has(request->shape, c) && own != NULL && strcmp(own, where->column) == 0) {
                tests->field[i] = (int)columns[c].field;
            }
        }
        if (tests->column[i] < 0 && tests->field[i] < 0) {
            status = okrug_fail(ctx, OKRUG_BAD_INPUT, "no-column", &(okrug_place){.file = request->path}, "wanted",
                                where->column, "columns", names_of(ctx, request->shape), (char *)NULL);
        }
    }
    tests->count = request->where_count;
    tests->where = request->where;
    return status;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *text[COLUMNS]; /* NULL: missing */
    size_t length[COLUMNS];
    char day[3][OKRUG_DOMAIN_TEXT];
    bool person;
} cells;

static void set(cells *row, column_id column, const char *text, size_t length) {
    row->text[column] = length == 0 ? NULL : text;
    row->length[column] = length;
}

static void set_field(cells *row, column_id column, const okrug_buffer *field) {
    set(row, column, field->bytes, field->length);
}

/* The code in its domain; else it is left out. */
static void set_code(cells *row, column_id column, okrug_domain domain, const okrug_buffer *field, char *day,
                     okrug_register_state *state) {
    char buffer[OKRUG_DOMAIN_TEXT];
    size_t length = field->length;
    if (length == 0) {
        return;
    }
    const char *text = okrug_domain_text(domain, field->bytes, &length, day == NULL ? buffer : day);
    if (text == NULL) {
        state->bad_codes++;
        return;
    }
    set(row, column, text, length);
}

/* "ГОРОД КАЛУГА", after a comma where something stands before it. */
static void add_place(okrug_buffer *address, const okrug_buffer *kind, const okrug_buffer *name) {
    if (name->length == 0) {
        return;
    }
    okrug_buffer_add_text(address, address->length > 0 ? ", " : "");
    if (kind != NULL && kind->length > 0) {
        okrug_buffer_add(address, kind->bytes, kind->length);
        okrug_buffer_add(address, " ", 1);
    }
    okrug_buffer_add(address, name->bytes, name->length);
}

static void set_place(cells *row, record *r, okrug_buffer *address) {
    okrug_buffer *field = r->field;
    add_place(address, &field[RECORD_REGION_KIND], &field[RECORD_REGION_NAME]);
    add_place(address, &field[RECORD_DISTRICT_KIND], &field[RECORD_DISTRICT]);
    add_place(address, &field[RECORD_CITY_KIND], &field[RECORD_CITY]);
    add_place(address, &field[RECORD_VILLAGE_KIND], &field[RECORD_VILLAGE]);
    add_place(address, &field[RECORD_STREET_KIND], &field[RECORD_STREET]);
    add_place(address, NULL, &field[RECORD_HOUSE]);
    set_field(row, COLUMN_ADDRESS, address);
    set_field(row, COLUMN_SETTLEMENT,
              field[RECORD_VILLAGE].length > 0 ? &field[RECORD_VILLAGE]
              : field[RECORD_CITY].length > 0  ? &field[RECORD_CITY]
                                               : &field[RECORD_REGION_NAME]);
    /* The register of small and medium firms goes no further than the settlement. */
    bool house = field[RECORD_STREET].length > 0 || field[RECORD_HOUSE].length > 0;
    bool settlement = field[RECORD_VILLAGE].length > 0 || field[RECORD_CITY].length > 0;
    const char *precision = house                               ? "address"
                            : settlement                        ? "settlement"
                            : field[RECORD_DISTRICT].length > 0 ? "municipality"
                                                                : NULL;
    if (precision != NULL) {
        set(row, COLUMN_PRECISION, precision, strlen(precision));
    }
}

static void set_name(cells *row, const record *r, okrug_buffer *name) {
    const okrug_buffer *field = r->field;
    if (!row->person) {
        set_field(row, COLUMN_NAME, field[RECORD_NAME].length > 0 ? &field[RECORD_NAME] : &field[RECORD_FULL_NAME]);
        return;
    }
    okrug_buffer_add_text(name, "ИП");
    for (int i = RECORD_SURNAME; i <= RECORD_PATRONYMIC; i++) {
        if (field[i].length > 0) {
            okrug_buffer_add(name, " ", 1);
            okrug_buffer_add(name, field[i].bytes, field[i].length);
        }
    }
    set_field(row, COLUMN_NAME, name);
}

static void set_category(cells *row, const okrug_buffer *field) {
    static const char *const names[] = {"micro", "small", "medium"};
    if (field->length == 1 && field->bytes[0] >= '1' && field->bytes[0] <= '3') {
        const char *name = names[field->bytes[0] - '1'];
        set(row, COLUMN_CATEGORY, name, strlen(name));
    }
}

static void set_codes(cells *row, record *r, okrug_register_state *state) {
    okrug_buffer *field = r->field;
    set_code(row, COLUMN_INN, OKRUG_DOMAIN_INN, &field[row->person ? RECORD_PERSON_INN : RECORD_INN], NULL, state);
    set_code(row, COLUMN_OGRN, OKRUG_DOMAIN_OGRN, &field[row->person ? RECORD_PERSON_OGRN : RECORD_OGRN], NULL, state);
    set_code(row, COLUMN_KPP, OKRUG_DOMAIN_KPP, &field[RECORD_KPP], NULL, state);
    set_code(row, COLUMN_INDUSTRY, OKRUG_DOMAIN_OKVED, &field[RECORD_INDUSTRY], NULL, state);
    set_code(row, COLUMN_SINCE, OKRUG_DOMAIN_DATE, &field[RECORD_SINCE], row->day[0], state);
    set_code(row, COLUMN_UNTIL, OKRUG_DOMAIN_DATE, &field[RECORD_UNTIL], row->day[1], state);
    set_code(row, COLUMN_INCLUDED, OKRUG_DOMAIN_DATE, &field[RECORD_INCLUDED], row->day[2], state);
    column_id key = row->text[COLUMN_INN] != NULL ? COLUMN_INN : COLUMN_OGRN;
    set(row, COLUMN_FIRM, row->text[key], row->length[key]);
}

static bool passes(const cells *row, const record *r, const record_tests *tests) {
    for (int i = 0; i < tests->count; i++) {
        const char *text = tests->column[i] >= 0 ? row->text[tests->column[i]] : r->field[tests->field[i]].bytes;
        size_t length = tests->column[i] >= 0 ? row->length[tests->column[i]] : r->field[tests->field[i]].length;
        text = text == NULL ? "" : text;
        length = text[0] == '\0' ? 0 : length;
        if (!okrug_where_passes(&tests->where[i], text, length)) {
            return false;
        }
    }
    return true;
}

static okrug_status put(okrug_table *table, okrug_register_shape shape, const cells *row) {
    int64_t at = okrug_table_add_row(table, 0);
    if (at < 0) {
        return OKRUG_NO_MEMORY;
    }
    for (int c = 0, to = 0; c < COLUMNS; c++) {
        double number = 0.0;
        if (!has(shape, c)) {
            continue;
        }
        if (row->text[c] != NULL && columns[c].type == OKRUG_TEXT) {
            OKRUG_TRY(okrug_set_text(table, to, at, row->text[c], row->length[c]));
        } else if (row->text[c] != NULL && okrug_number_read(row->text[c], row->length[c], &number) && number >= 0.0) {
            OKRUG_TRY(okrug_set_number(table, to, at, number));
        }
        to++;
    }
    return OKRUG_OK;
}

static okrug_status add(record *r, okrug_register_shape shape, const record_tests *tests, okrug_table *table,
                        okrug_register_state *state, okrug_buffer *address, okrug_buffer *name) {
    cells row = {.person = r->field[RECORD_PERSON_INN].length > 0 || r->field[RECORD_PERSON_OGRN].length > 0};
    set_codes(&row, r, state);
    set_name(&row, r, name);
    set_place(&row, r, address);
    set_category(&row, &r->field[RECORD_CATEGORY]);
    set_field(&row, COLUMN_FORM, &r->field[RECORD_FORM]);
    set_field(&row, COLUMN_REGION, &r->field[RECORD_REGION]);
    set_field(&row, COLUMN_ACTIVITIES, &r->field[RECORD_ACTIVITIES]);
    set_field(&row, COLUMN_PRODUCTS, &r->field[RECORD_PRODUCTS]);
    set_field(&row, COLUMN_EMPLOYEES, &r->field[RECORD_EMPLOYEES]);
    set_field(&row, COLUMN_CAPITAL, &r->field[RECORD_CAPITAL]);
    set(&row, COLUMN_SYNTHETIC, r->synthetic ? "yes" : "no", r->synthetic ? 3 : 2);
    set(&row, COLUMN_PERSONAL, row.person ? "yes" : "no", row.person ? 3 : 2);
    for (int i = 0; i < RECORD_FIELDS; i++) {
        OKRUG_TRY(okrug_buffer_status(&r->field[i]));
    }
    OKRUG_TRY(okrug_buffer_status(address));
    OKRUG_TRY(okrug_buffer_status(name));
    state->read++;
    if (row.text[COLUMN_FIRM] == NULL) {
        state->without_code++;
        return OKRUG_OK;
    }
    if (!passes(&row, r, tests)) {
        return OKRUG_OK;
    }
    if (row.text[COLUMN_NAME] == NULL) {
        set(&row, COLUMN_NAME, row.text[COLUMN_FIRM], row.length[COLUMN_FIRM]);
    }
    state->kept++;
    state->persons += row.person;
    state->synthetic += r->synthetic;
    return put(table, shape, &row);
}

okrug_status record_add(record *r, okrug_register_shape shape, const record_tests *tests, okrug_table *table,
                        okrug_register_state *state) {
    okrug_buffer address = {0};
    okrug_buffer name = {0};
    okrug_status status = add(r, shape, tests, table, state, &address, &name);
    okrug_buffer_free(&address);
    okrug_buffer_free(&name);
    return status;
}
