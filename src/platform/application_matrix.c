/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What participants sell each other as a matrix: suppliers in rows, buyers in columns by their numbers. A workbook has
 * it whole; on paper it comes in parts as wide as a page, each with all suppliers.
 */
#include <math.h>
#include <stdio.h>

#include "platform/application.h"

typedef struct {
    int first, last; /* buyers of this part, from 0, the last not included */
    bool whole;      /* a workbook's: 0 where there is no contract, not a blank */
    int letters;     /* of a name, so that a row is one line; 0: any number */
} part;

enum { SHORT = 20 }; /* letters that any name has */

/* Letters of a sum: thousands apart, and a decimal. */
static int letters_of(double roubles) {
    double millions = roubles / 1e6;
    int digits = millions >= 10.0 ? (int)floor(log10(millions)) + 1 : 1;
    return digits + (digits - 1) / 3 + 2;
}

/* How many buyers a page takes beside the suppliers: it depends on how long the sums are. */
static int most_of_page(okrug_application *p) {
    enum { LEAST = 6, MOST = 12 };
    static const double room = 335.0; /* points that numbers and short names leave on A4 */
    static const double digit = 4.6;  /* of letters of 8 points */
    static const double gap = 9.0;
    double largest = 0.0;
    for (int i = 0; i < p->members; i++) {
        largest = fmax(largest, fmax(p->member[i].bought_inside, p->member[i].sold_inside));
    }
    int most = (int)floor(room / (letters_of(largest) * digit + gap));
    return most < LEAST ? LEAST : most > MOST ? MOST : most;
}

/* How many letters the sums of the part leave to names, all in letters of 10 points. */
static int letters_of_names(const okrug_application *p, const part *own) {
    static const double page = 440.0; /* points beside the numbers of suppliers, on A4 */
    static const double digit = 5.2;
    static const double letter = 5.8;
    static const double gap = 9.0;
    double taken = own->last == p->members ? letters_of(okrug_sum_value(&p->card.amount)) * digit + gap : 0.0;
    for (int i = own->first; i < own->last; i++) {
        taken += letters_of(fmax(0.0, p->member[i].bought_inside)) * digit + gap;
    }
    int letters = (int)floor((page - taken) / letter);
    return letters < SHORT ? SHORT : letters;
}

/* The beginning of the name, in a piece that no line parts; NULL: memory is short. */
static const char *short_name(okrug_application *p, const char *name, int most) {
    okrug_buffer made = {0};
    int letters = 0;
    const char *at = name;
    for (; *at != '\0'; at++) {
        letters += ((unsigned char)*at & 0xC0) != 0x80;
        if (letters > most) {
            break;
        }
        bool last = letters == most && *at == ' '; /* no gap before the dots */
        okrug_buffer_add_text(&made, last ? "" : *at == ' ' ? "\xC2\xA0" : (char[]){*at, '\0'});
    }
    okrug_buffer_add_text(&made, *at != '\0' ? "\xE2\x80\xA6" : "");
    const char *kept = okrug_buffer_status(&made) == OKRUG_OK ? okrug_report_keep(p->m.report, made.bytes) : NULL;
    okrug_buffer_free(&made);
    return kept;
}

static okrug_status put_row(okrug_application *p, const part *own, int supplier, okrug_table *table) {
    int64_t r = okrug_table_add_row(table, 0);
    int count = own->last - own->first;
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_number(table, 0, r, supplier + 1));
    const char *name = p->member[supplier].name;
    name = own->letters == 0 ? name : short_name(p, name, own->letters);
    OKRUG_TRY(name == NULL ? OKRUG_NO_MEMORY : okrug_application_put(table, 1, r, name));
    for (int k = 0; k < count; k++) {
        int buyer = own->first + k;
        int cell = supplier * p->members + buyer;
        OKRUG_TRY(buyer == supplier ? okrug_set_missing(table, 2 + k, r, OKRUG_NOT_APPLICABLE)
                  : p->deals[cell] == 0 && !own->whole
                      ? okrug_set_missing(table, 2 + k, r, OKRUG_NO_ROW)
                      : okrug_application_put_number(table, 2 + k, r, p->flow[cell] / 1e6));
    }
    return own->last < p->members
               ? OKRUG_OK
               : okrug_application_put_number(table, 2 + count, r, p->member[supplier].sold_inside / 1e6);
}

/* What each bought, in the last row. */
static okrug_status put_all(okrug_application *p, const part *own, okrug_table *table) {
    int64_t r = okrug_table_add_row(table, 0);
    int count = own->last - own->first;
    double all = okrug_card_sales(&p->card);
    if (r < 0) {
        return OKRUG_NO_MEMORY;
    }
    OKRUG_TRY(okrug_set_missing(table, 0, r, OKRUG_NO_ROW));
    OKRUG_TRY(okrug_application_put(table, 1, r, okrug_making_text(&p->m, "pack.field.all", NULL, NULL, NULL, NULL)));
    for (int k = 0; k < count; k++) {
        OKRUG_TRY(okrug_application_put_number(table, 2 + k, r, p->member[own->first + k].bought_inside / 1e6));
    }
    return own->last < p->members ? OKRUG_OK : okrug_application_put_number(table, 2 + count, r, all / 1e6);
}

static okrug_status begin(okrug_application *p, const part *own, okrug_table **table) {
    static const okrug_application_field fields[] = {{"number", OKRUG_NUMBER, OKRUG_UNIT_NONE},
                                                     {"participant", OKRUG_TEXT, OKRUG_UNIT_NONE}};
    OKRUG_TRY(okrug_application_new_table(p, fields, OKRUG_COUNT_OF(fields), table));
    for (int c = own->first; c < own->last + (own->last == p->members); c++) {
        const char *name = c < p->members ? okrug_report_format(p->m.report, "%d", c + 1)
                                          : okrug_making_text(&p->m, "pack.field.all", NULL, NULL, NULL, NULL);
        if (okrug_table_add_column(*table, name, OKRUG_NUMBER, OKRUG_UNIT_MILLION_RUB) < 0) {
            return OKRUG_NO_MEMORY;
        }
    }
    return OKRUG_OK;
}

static okrug_status add_part(okrug_application *p, const part *own, const char *title, const char *source) {
    okrug_table *table = NULL;
    OKRUG_TRY(begin(p, own, &table));
    okrug_report_column *columns = okrug_report_take(p->m.report, (size_t)table->columns * sizeof *columns);
    for (int i = 0; i < p->members; i++) {
        OKRUG_TRY(put_row(p, own, i, table));
    }
    OKRUG_TRY(put_all(p, own, table));
    OKRUG_TRY(okrug_report_status(p->m.report));
    for (int c = 0; c < table->columns; c++) {
        const char *heading = c == 0   ? okrug_making_text(&p->m, "pack.field.number", NULL, NULL, NULL, NULL)
                              : c == 1 ? okrug_making_text(&p->m, "pack.field.supplier", NULL, NULL, NULL, NULL)
                                       : table->column[c].name;
        columns[c] = (okrug_report_column){.column = c, .heading = heading, .decimals = c == 0 ? 0 : 1};
    }
    okrug_report_table told = {.title = title,
                               .source = source,
                               .table = table,
                               .column = columns,
                               .columns = table->columns,
                               .heads = 2,
                               .blank = OKRUG_NO_ROW};
    okrug_report_add_table(p->m.report, &told);
    return okrug_report_status(p->m.report);
}

static const char *title_of(okrug_application *p, const part *own) {
    const char *name[] = {"first", "last", "all"};
    const char *value[] = {okrug_report_format(p->m.report, "%d", own->first + 1),
                           okrug_report_format(p->m.report, "%d", own->last),
                           okrug_report_format(p->m.report, "%d", p->members)};
    return own->first == 0 && own->last == p->members
               ? okrug_making_text(&p->m, "pack.matrix", NULL, NULL, NULL, NULL)
               : okrug_report_text(p->m.report, "pack.matrix-part", 3, name, value);
}

okrug_status okrug_application_matrix(okrug_application *p, const char *source) {
    int most = most_of_page(p);
    int columns = p->members + 1; /* with that of all */
    int parts = p->whole ? 1 : (columns + most - 1) / most;
    int each = (columns + parts - 1) / parts;
    if (!p->whole) {
        okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.matrix-blank", NULL, NULL);
    }
    for (int first = 0; first < p->members; first += each) {
        part own = {.first = first, .last = first + each < p->members ? first + each : p->members, .whole = p->whole};
        own.letters = own.last - own.first == p->members ? 0 : letters_of_names(p, &own);
        OKRUG_TRY(okrug_check_cancel(p->m.ctx));
        /* The source stands once, below the last part. */
        OKRUG_TRY(add_part(p, &own, title_of(p, &own), own.last == p->members ? source : NULL));
    }
    return OKRUG_OK;
}
