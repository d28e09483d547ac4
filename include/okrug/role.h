/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles: what a column means to whoever takes the table ("region", "value"), which texts or numbers it admits, and
 * whether it must be there. Readers type the cells by role; nothing is guessed from the data.
 */
#ifndef OKRUG_ROLE_H
#define OKRUG_ROLE_H

#include <okrug/context.h>
#include <okrug/dataset.h>

/* X(name, code, what is expected: key "expected.CODE" of i18n) */
#define OKRUG_DOMAINS(X)                                                                                               \
    X(ANY, "any")                                                                                                      \
    X(NOT_NEGATIVE, "not-negative")                                                                                    \
    X(POSITIVE, "positive")                                                                                            \
    X(SHARE, "share")         /* 0 to 1 */                                                                             \
    X(LATITUDE, "latitude")   /* -90 to 90 */                                                                          \
    X(LONGITUDE, "longitude") /* -180 to 180 */                                                                        \
    /* Of texts. */                                                                                                    \
    X(INN, "inn")     /* taxpayer: 10 digits, of a person 12, the last ones check the others */                        \
    X(OGRN, "ogrn")   /* state registration: 13 digits, of a sole trader 15, the last one checks */                    \
    X(KPP, "kpp")     /* 4 digits, 2 digits or capitals, 3 digits */                                                   \
    X(OKPO, "okpo")   /* 8 or 10 digits, the last one checks */                                                        \
    X(OKTMO, "oktmo") /* municipality: 8 or 11 digits */                                                               \
    X(OKVED, "okved") /* activity: NN[.N[N][.N[N]]] */                                                                 \
    X(OKPD, "okpd")   /* product: NN[.N[N][.N[N][.NNN]]] */                                                            \
    X(DATE, "date")   /* a day that exists: YYYY-MM-DD; D.M.YYYY, YYYY/MM/DD, midnight after them are read as such */  \
    X(YES_NO, "yes-no")               /* yes or no; да, нет, true, false, 1, 0 are read as such */                \
    X(CONTRACT_KIND, "contract-kind") /* supply, works, services, import-substitution, special-investment */           \
    X(VAT, "vat")                     /* of an amount: included, excluded */                                           \
    X(CANDIDATE, "candidate")         /* for a cluster: member, contract, facility */

typedef enum {
#define OKRUG_X(name, code) OKRUG_DOMAIN_##name,
    OKRUG_DOMAINS(OKRUG_X)
#undef OKRUG_X
} okrug_domain;

const char *okrug_domain_code(okrug_domain domain);
bool okrug_domain_admits(okrug_domain domain, double value);

enum { OKRUG_DOMAIN_TEXT = 16 }; /* bytes of a normal form, the zero included */

/* The normal form of a text in that domain: the text itself, or `buffer` filled (dates, yes and no). NULL: not
 * admitted. The domains of numbers, ANY among them, admit every text. `text` ends with a zero after `length` bytes or
 * not. */
const char *okrug_domain_text(okrug_domain domain, const char *text, size_t *length, char buffer[OKRUG_DOMAIN_TEXT]);

typedef enum {
    OKRUG_OPTIONAL,     /* absent unless mapped or named so */
    OKRUG_REQUIRED,     /* the column must be there */
    OKRUG_KEY,          /* required, a cell may not be empty, and the keys together tell the rows apart */
    OKRUG_KEY_OPTIONAL, /* a key where it is there (period) */
    OKRUG_ONE_OF        /* at least one of the roles with this mark must be there */
} okrug_need;

typedef struct {
    const char *name;
    okrug_type type;
    okrug_need need;
    okrug_domain domain; /* of numbers, or of texts */
    okrug_unit unit;
} okrug_role;

/* A column of texts, and one of numbers: need and domain without their OKRUG_ and OKRUG_DOMAIN_. */
#define OKRUG_TEXT_ROLE(name, need, domain)                                                                            \
    { name, OKRUG_TEXT, OKRUG_##need, OKRUG_DOMAIN_##domain, OKRUG_UNIT_NONE }
#define OKRUG_NUMBER_ROLE(name, need, domain, unit)                                                                    \
    { name, OKRUG_NUMBER, OKRUG_##need, OKRUG_DOMAIN_##domain, OKRUG_UNIT_##unit }

/* Whether codes stand in the column, rather than names and remarks. Classifications and places may be in columns that
 * need not be there. */
bool okrug_role_is_code(const okrug_role *role);
/* 7.3688E+07, 1,23E+11: a long number as a spreadsheet shows it and saves it as text; as a code its digits are lost. */
bool okrug_text_is_scientific(const char *text, size_t length);

/* Whether a day is within two, both of them too; NULL is no bound. Days are in their normal form. */
bool okrug_day_within(const char *day, const char *since, const char *until);

/* Puts each key in the table once: rows that repeat one before them in every column go, with one counted warning
 * ("repeated-rows"); a key with different values is a fault for each such row ("key-repeated": line, first line).
 * Keys are the columns of the roles marked KEY or KEY_OPTIONAL that the table has. OKRUG_BAD_INPUT, OKRUG_NO_MEMORY.
 * Cost: one hash look-up per row. */
okrug_status okrug_table_unique(okrug_ctx *ctx, okrug_table *table, const okrug_role *roles, int role_count);

#endif
