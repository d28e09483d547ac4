/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names made of syllables, and the ways in which people spell one and the same name.
 */
#include <stdio.h>
#include <string.h>

#include "generator/firms.h"

const generator_form_names generator_forms[FORMS] = {
    {"ООО", "Общество с ограниченной ответственностью", "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ", "12300"},
    {"АО", "Акционерное общество", "АКЦИОНЕРНОЕ ОБЩЕСТВО", "12200"},
    {"ПК", "Производственный кооператив", "ПРОИЗВОДСТВЕННЫЙ КООПЕРАТИВ", "14200"},
    {"ИП", "Индивидуальный предприниматель", "ИНДИВИДУАЛЬНЫЙ ПРЕДПРИНИМАТЕЛЬ", "50102"}};

/* Cyrillic letters of the Russian alphabet only: two bytes each, in the ranges that UTF-8 has them. */
void generator_upper(const char *text, char *upper, int size) {
    int at = 0;
    while (*text != '\0' && at + 3 < size) {
        unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];
        if (a == 0xD0 && b >= 0xB0) { /* а-п */
            upper[at++] = (char)0xD0;
            upper[at++] = (char)(b - 0x20);
            text += 2;
        } else if (a == 0xD1 && b <= 0x8F) { /* р-я */
            upper[at++] = (char)0xD0;
            upper[at++] = (char)(b + 0x20);
            text += 2;
        } else if (a == 0xD1 && b == 0x91) { /* ё */
            upper[at++] = (char)0xD0;
            upper[at++] = (char)0x81;
            text += 2;
        } else {
            upper[at++] = *text++;
        }
    }
    upper[at] = '\0';
}

/* "ё" -> "е", which most people write. */
static void without_yo(char *text) {
    for (char *at = text; *at != '\0'; at++) {
        unsigned char a = (unsigned char)at[0], b = (unsigned char)at[1];
        if (a == 0xD1 && b == 0x91) {
            at[0] = (char)0xD0;
            at[1] = (char)0xB5;
        } else if (a == 0xD0 && b == 0x81) {
            at[1] = (char)0x95;
        }
    }
}

void generator_name(const generator_firm *firm, int variant, char text[GENERATOR_NAME]) {
    const generator_form_names *form = &generator_forms[firm->form];
    if (firm->form == FORM_PERSON) {
        snprintf(text, GENERATOR_NAME, variant == 0 ? "ИП %s %s %s" : "Индивидуальный предприниматель %s %s %s",
                 firm->person[0], firm->person[1], firm->person[2]);
    } else if (variant == 0) {
        snprintf(text, GENERATOR_NAME, "%s «%s»", form->brief, firm->word);
    } else if (variant == 1) {
        snprintf(text, GENERATOR_NAME, "%s \"%s\"", form->full, firm->word);
    } else if (variant == 2) {
        snprintf(text, GENERATOR_NAME, "%s, %s", firm->word, form->brief);
    } else {
        snprintf(text, GENERATOR_NAME, "%s  “%s” ", form->brief, firm->word);
    }
    if (variant % 2 == 1) {
        without_yo(text);
    }
}

int generator_variant(const generator_world *world, int64_t number) {
    draws d = draws_of(world->request->seed, DRAW_DUPLICATE, (uint64_t)number);
    draw_uniform(&d); /* whether there is one at all */
    return 1 + (int)draw_below(&d, 3);
}

bool generator_is_duplicated(const generator_world *world, int64_t number) {
    draws d = draws_of(world->request->seed, DRAW_DUPLICATE, (uint64_t)number);
    return draw_uniform(&d) < world->request->duplicates;
}
