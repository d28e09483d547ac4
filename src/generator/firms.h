/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An invented firm: a function of the seed and its number.
 */
#ifndef OKRUG_GENERATOR_FIRMS_H
#define OKRUG_GENERATOR_FIRMS_H

#include "generator/activities.h"
#include "generator/draws.h"
#include "generator/generator.h"
#include "generator/places.h"

enum { GENERATOR_EXTRAS = 3, GENERATOR_WORD = 128, GENERATOR_NAME = 400 };

typedef enum { FORM_LIMITED, FORM_STOCK, FORM_COOPERATIVE, FORM_PERSON, FORMS } generator_form;

typedef struct {
    const char *brief, *full, *official, *code; /* "ООО", "Общество ...", the same in capitals, OKOPF */
} generator_form_names;
extern const generator_form_names generator_forms[FORMS];

typedef struct {
    int64_t number;
    char inn[16], ogrn[16], kpp[12];
    generator_form form;
    char word[GENERATOR_WORD]; /* the name without legal form and quotes */
    char person[3][96];        /* of a sole trader: surname, name, patronymic */
    int activity;
    int extra[GENERATOR_EXTRAS];
    int extras;
    int place;
    char street[64];
    int house;
    bool plant;      /* the place is that of its plant */
    double lat, lon; /* NaN where the region has no coordinates */
    int employees;
    const char *category; /* micro, small, medium, large */
    char since[40];       /* YYYY-MM-DD */
    int year, month, day;
} generator_firm;

/* What all firms of a request share. */
typedef struct {
    const okrug_generator_request *request;
    generator_places places;
    int activity_share[GENERATOR_ACTIVITIES_MOST];
    int activity_shares; /* their sum */
    int populations;
} generator_world;

void generator_world_of(const okrug_generator_request *request, generator_world *world);
void generator_firm_at(const generator_world *world, int64_t number, generator_firm *firm);
/* Only what tables that join firms need: activity, place, employees. */
void generator_firm_outline(const generator_world *world, int64_t number, generator_firm *firm);
/* Its INN: 10 digits, of a sole trader 12. Numbers from request->firms on are those of firms that no table lists. */
void generator_inn(const generator_world *world, int64_t number, generator_form form, char inn[16]);
generator_form generator_form_of(const generator_world *world, int64_t number);

/* Whether the firm is written twice, and how the second time: as spelt by another hand. */
bool generator_is_duplicated(const generator_world *world, int64_t number);

/* Gives it codes of its own, that no other firm has. */
void generator_register_again(const generator_world *world, generator_firm *firm);

/* Texts, each as a whole. `variant` 0: as registered; others: with another spelling of form, quotes, ё, spaces. */
void generator_name(const generator_firm *firm, int variant, char text[GENERATOR_NAME]);
void generator_upper(const char *text, char *upper, int size);
int generator_variant(const generator_world *world, int64_t number);

#endif
