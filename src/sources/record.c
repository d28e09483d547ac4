/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The elements of a record. Only those whose whole path is listed are taken: founders and heads of a firm, who are
 * firms and persons too, are in a record beside it.
 */
#include "sources/record.h"

#include <string.h>

enum { TEXT_MOST = 4096 };

/* An element; `attribute` "": nothing is wanted of it; NULL: its text. An element with several attributes stands in
 * several lines; children name the line of their parent's first. */
typedef struct {
    const char *parent; /* path of the parent, "" for the record */
    const char *name;
    const char *attribute;
    record_field field;
} rule;

#define OF(parent, name, attribute, field)                                                                             \
    { parent, name, attribute, RECORD_##field }

static const rule sme_rules[] = {
    OF("", "", "ССЧР", EMPLOYEES),
    OF("", "", "КатСубМСП", CATEGORY),
    OF("", "", "ДатаВклМСП", INCLUDED),
    OF("", "ОргВклМСП", "НаимОрг", FULL_NAME),
    OF("", "ОргВклМСП", "НаимОргСокр", NAME),
    OF("", "ОргВклМСП", "ИННЮЛ", INN),
    OF("", "ОргВклМСП", "ОГРН", OGRN),
    OF("", "ИПВклМСП", "ИННФЛ", PERSON_INN),
    OF("", "ИПВклМСП", "ОГРНИП", PERSON_OGRN),
    OF("ИПВклМСП", "ФИОИП", "Фамилия", SURNAME),
    OF("ИПВклМСП", "ФИОИП", "Имя", GIVEN),
    OF("ИПВклМСП", "ФИОИП", "Отчество", PATRONYMIC),
    OF("", "СведМН", "КодРегион", REGION),
    OF("СведМН", "Регион", "Тип", REGION_KIND),
    OF("СведМН", "Регион", "Наим", REGION_NAME),
    OF("СведМН", "Район", "Тип", DISTRICT_KIND),
    OF("СведМН", "Район", "Наим", DISTRICT),
    OF("СведМН", "Город", "Тип", CITY_KIND),
    OF("СведМН", "Город", "Наим", CITY),
    OF("СведМН", "НаселПункт", "Тип", VILLAGE_KIND),
    OF("СведМН", "НаселПункт", "Наим", VILLAGE),
    OF("", "СвОКВЭД", "", INDUSTRY),
    OF("СвОКВЭД", "СвОКВЭДОсн", "КодОКВЭД", INDUSTRY),
    OF("СвОКВЭД", "СвОКВЭДДоп", "КодОКВЭД", ACTIVITIES),
    OF("", "СвПрод", "КодПрод", PRODUCTS),
};

static const rule egrul_rules[] = {
    OF("", "", "ОГРН", OGRN),
    OF("", "", "ИНН", INN),
    OF("", "", "КПП", KPP),
    OF("", "", "ДатаОГРН", SINCE),
    OF("", "", "ПолнНаимОПФ", FORM),
    OF("", "СвНаимЮЛ", "НаимЮЛПолн", FULL_NAME),
    OF("", "СвНаимЮЛ", "НаимЮЛСокр", NAME),
    OF("СвНаимЮЛ", "СвНаимЮЛСокр", "НаимСокр", NAME),
    OF("", "СвПрекрЮЛ", "ДатаПрекрЮЛ", UNTIL),
    OF("", "СвУстКап", "СумКап", CAPITAL),
    OF("", "СвОКВЭД", "", INDUSTRY),
    OF("СвОКВЭД", "СвОКВЭДОсн", "КодОКВЭД", INDUSTRY),
    OF("СвОКВЭД", "СвОКВЭДДоп", "КодОКВЭД", ACTIVITIES),
    OF("", "СвАдресЮЛ", "", REGION),
    OF("СвАдресЮЛ", "АдресРФ", "КодРегион", REGION),
    OF("СвАдресЮЛ", "АдресРФ", "Дом", HOUSE),
    OF("АдресРФ", "Регион", "ТипРегион", REGION_KIND),
    OF("АдресРФ", "Регион", "НаимРегион", REGION_NAME),
    OF("АдресРФ", "Район", "ТипРайон", DISTRICT_KIND),
    OF("АдресРФ", "Район", "НаимРайон", DISTRICT),
    OF("АдресРФ", "Город", "ТипГород", CITY_KIND),
    OF("АдресРФ", "Город", "НаимГород", CITY),
    OF("АдресРФ", "НаселПункт", "ТипНаселПункт", VILLAGE_KIND),
    OF("АдресРФ", "НаселПункт", "НаимНаселПункт", VILLAGE),
    OF("АдресРФ", "Улица", "ТипУлица", STREET_KIND),
    OF("АдресРФ", "Улица", "НаимУлица", STREET),
    OF("СвАдресЮЛ", "СвАдрЮЛФИАС", "", REGION),
    OF("СвАдрЮЛФИАС", "Регион", NULL, REGION),
    OF("СвАдрЮЛФИАС", "НаимРегион", NULL, REGION_NAME),
    OF("СвАдрЮЛФИАС", "МуниципРайон", "Наим", DISTRICT),
    OF("СвАдрЮЛФИАС", "НаселенПункт", "Вид", VILLAGE_KIND),
    OF("СвАдрЮЛФИАС", "НаселенПункт", "Наим", VILLAGE),
    OF("СвАдрЮЛФИАС", "ЭлУлДорСети", "Тип", STREET_KIND),
    OF("СвАдрЮЛФИАС", "ЭлУлДорСети", "Наим", STREET),
    OF("СвАдрЮЛФИАС", "Здание", "Номер", HOUSE),
};

static const rule *rules_of(okrug_register_shape shape, int *count) {
    *count = shape == OKRUG_REGISTER_SME ? (int)(sizeof sme_rules / sizeof *sme_rules)
                                         : (int)(sizeof egrul_rules / sizeof *egrul_rules);
    return shape == OKRUG_REGISTER_SME ? sme_rules : egrul_rules;
}

/* A node is the first rule of an element. Elements whose children are named are called differently from each other, so
 * that a parent's name will do for its path. */
int record_node(okrug_register_shape shape, int node, const char *name) {
    int count = 0;
    const rule *rules = rules_of(shape, &count);
    const char *parent = rules[node].name;
    for (int i = 0; i < count; i++) {
        if (rules[i].name[0] != '\0' && strcmp(rules[i].parent, parent) == 0 && strcmp(rules[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static bool same_element(const rule *a, const rule *b) {
    return strcmp(a->name, b->name) == 0 && strcmp(a->parent, b->parent) == 0;
}

static void take(record *r, record_field field, const char *text, size_t length) {
    okrug_buffer *to = &r->field[field];
    bool list = field == RECORD_ACTIVITIES || field == RECORD_PRODUCTS;
    if (to->length + length > TEXT_MOST || (to->length > 0 && !list)) {
        return; /* of what stands twice the first counts */
    }
    if (to->length > 0) {
        okrug_buffer_add(to, " ", 1);
    }
    okrug_buffer_add(to, text, length);
}

void record_attributes(record *r, okrug_register_shape shape, int node, const char **attribute) {
    int count = 0;
    const rule *rules = rules_of(shape, &count);
    for (int i = node; i < count && same_element(&rules[i], &rules[node]); i++) {
        if (rules[i].attribute == NULL || rules[i].attribute[0] == '\0') {
            continue;
        }
        for (const char **at = attribute; *at != NULL; at += 2) {
            if (strcmp(at[0], rules[i].attribute) == 0) {
                take(r, rules[i].field, at[1], strlen(at[1]));
            }
        }
    }
}

void record_text(record *r, okrug_register_shape shape, int node, const char *text, size_t length) {
    int count = 0;
    const rule *rules = rules_of(shape, &count);
    okrug_buffer *to = &r->field[rules[node].field];
    if (rules[node].attribute == NULL && to->length + length <= TEXT_MOST) {
        okrug_buffer_add(to, text, length);
    }
}

void record_clear(record *r) {
    for (int i = 0; i < RECORD_FIELDS; i++) {
        okrug_buffer_clear(&r->field[i]);
    }
}

void record_free(record *r) {
    for (int i = 0; i < RECORD_FIELDS; i++) {
        okrug_buffer_free(&r->field[i]);
    }
}
