/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Invented firms: what they do, where, how large they are and how they are called.
 */
#include "generator/firms.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How many codes there are of each kind; prime, so that scattering repeats none. */
static const uint64_t COMPANIES = 9999991, PERSONS = 99999989;

enum { STRONG = 5 }; /* times the usual number of firms */

/* Whether the code begins with one of those in `list`. */
static bool begins_with_one(const char *code, const char *list) {
    for (const char *at = list == NULL ? "" : list; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (length > 0 && strncmp(code, at, length) == 0) {
            return true;
        }
        at += length + (at[length] == ' ');
    }
    return false;
}

void generator_world_of(const okrug_generator_request *request, generator_world *world) {
    *world = (generator_world){.request = request};
    generator_places_of(request->region, &world->places);
    for (int i = 0; i < generator_activity_count; i++) {
        bool strong = begins_with_one(generator_activities[i].code, request->strong);
        world->activity_share[i] = generator_activities[i].share * (strong ? STRONG : 1);
        world->activity_shares += world->activity_share[i];
    }
    for (int i = 0; i < world->places.count; i++) {
        world->populations += world->places.place[i].population;
    }
}

/* ---- Codes ------------------------------------------------------------------------------------------------------- */

/* The digit that checks those before it; the order of the Federal Tax Service. */
static char check_digit(const char *digits, int length, const int *weight) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
        sum += weight[i] * (digits[i] - '0');
    }
    return (char)('0' + sum % 11 % 10);
}

/* 1 ... prime in another order: numbers that follow each other shall not look so. */
static int64_t scattered(uint64_t seed, int64_t number, uint64_t prime) {
    return 1 + (int64_t)(((uint64_t)number * UINT64_C(7368787) + seed % 1000003) % prime);
}

void generator_inn(const generator_world *world, int64_t number, generator_form form, char inn[16]) {
    static const int weights[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
    uint64_t seed = world->request->seed;
    if (form == FORM_PERSON) {
        snprintf(inn, 16, "00%08lld", (long long)scattered(seed, number, PERSONS));
        inn[10] = check_digit(inn, 10, weights + 1);
        inn[11] = check_digit(inn, 11, weights);
        inn[12] = '\0';
        return;
    }
    snprintf(inn, 16, "00%07lld", (long long)scattered(seed, number, COMPANIES));
    inn[9] = check_digit(inn, 9, weights + 2);
    inn[10] = '\0';
}

static void set_ogrn(generator_firm *firm, int64_t serial) {
    bool person = firm->form == FORM_PERSON;
    if (person) {
        snprintf(firm->ogrn, sizeof firm->ogrn, "3%02d00%09lld", firm->year % 100, (long long)serial);
    } else {
        snprintf(firm->ogrn, sizeof firm->ogrn, "1%02d00%07lld", firm->year % 100, (long long)serial);
    }
    uint64_t value = 0;
    for (const char *at = firm->ogrn; *at != '\0'; at++) {
        value = 10 * value + (uint64_t)(*at - '0');
    }
    size_t length = strlen(firm->ogrn);
    firm->ogrn[length] = (char)('0' + value % (person ? 13 : 11) % 10);
    firm->ogrn[length + 1] = '\0';
}

/* ---- What and how large ------------------------------------------------------------------------------------------ */

generator_form generator_form_of(const generator_world *world, int64_t number) {
    draws d = draws_of(world->request->seed, DRAW_CODES, (uint64_t)number);
    double u = draw_uniform(&d);
    return u < 0.30 ? FORM_PERSON : u < 0.93 ? FORM_LIMITED : u < 0.98 ? FORM_STOCK : FORM_COOPERATIVE;
}

static int choose_activity(const generator_world *world, draws *d) {
    int64_t at = draw_below(d, world->activity_shares);
    int i = 0;
    while (i + 1 < generator_activity_count && at >= world->activity_share[i]) {
        at -= world->activity_share[i++];
    }
    return i;
}

static int choose_place(const generator_world *world, const generator_activity *activity, draws *d) {
    if (activity->chain != CHAIN_NONE && draw_uniform(d) < 0.4) {
        return world->places.home[activity->chain];
    }
    int64_t at = draw_below(d, world->populations);
    int i = 0;
    while (i + 1 < world->places.count && at >= world->places.place[i].population) {
        at -= world->places.place[i++].population;
    }
    return i;
}

/* Micro firms are the most; a sole trader is nothing else. */
static void choose_size(const generator_activity *activity, draws *d, generator_firm *firm) {
    double u = draw_uniform(d);
    double usual = activity->size / 10.0;
    double size = u < 0.84 ? draw_around(d, usual / 4.0, 0.8) : draw_around(d, usual * 2.0, 1.1);
    int most = firm->form == FORM_PERSON ? 15 : 20000;
    firm->employees = size < 0.0 ? 0 : size > most ? most : (int)(size + 0.5);
    firm->category = firm->employees <= 15    ? "micro"
                     : firm->employees <= 100 ? "small"
                     : firm->employees <= 250 ? "medium"
                                              : "large";
}

void generator_firm_outline(const generator_world *world, int64_t number, generator_firm *firm) {
    draws d = draws_of(world->request->seed, DRAW_FIRM, (uint64_t)number);
    firm->number = number;
    firm->form = generator_form_of(world, number);
    firm->activity = choose_activity(world, &d);
    firm->place = choose_place(world, &generator_activities[firm->activity], &d);
    choose_size(&generator_activities[firm->activity], &d, firm);
}

/* ---- Names and places -------------------------------------------------------------------------------------------- */

static const char *pick(draws *d, const char *const *list, int count) {
    return list[draw_below(d, count)];
}
#define PICK(d, list) pick((d), (list), (int)(sizeof(list) / sizeof((list)[0])))

static void invent_name(const generator_world *world, generator_firm *firm) {
    static const char *const first[] = {"Вар", "Дел", "Жем", "Зор", "Кал", "Лер", "Мор", "Нив", "Ост",   "Пар",
                                        "Рин", "Сав", "Тил", "Уст", "Фер", "Хол", "Чер", "Шел", "Звёзд", "Клён"};
    static const char *const second[] = {"ади", "ево", "имо", "оди", "улья", "юра", "ёмо", "ера", "ино", "ато",
                                         "ида", "уто", "абе", "ону", "ели",  "ибо", "ару", "ёва", "ози", "ына"};
    static const char *const third[] = {"бор", "вик", "гон", "дал", "лис", "мет", "нор", "пол", "рит", "сан",
                                        "тон", "фил", "хан", "чар", "шин", "тёк", "лон", "вер", "дис", "кор"};
    static const char *const given[] = {"Аверон",    "Боримил", "Велирад",  "Горислав",
                                        "Доброгост", "Елизар",  "Жданимир", "Златодар"};
    draws d = draws_of(world->request->seed, DRAW_NAME, (uint64_t)firm->number);
    const char *a = PICK(&d, first), *b = PICK(&d, second), *c = PICK(&d, third);
    const char *word = generator_activities[firm->activity].word;
    double u = draw_uniform(&d);
    char stem[64];
    snprintf(stem, sizeof stem, "%s%s%s", a, b, c);
    if (u < 0.45) {
        snprintf(firm->word, sizeof firm->word, "%s", stem);
    } else if (u < 0.8) {
        snprintf(firm->word, sizeof firm->word, "%s-%s", stem, word);
    } else {
        snprintf(firm->word, sizeof firm->word, "%s %s %lld", word, stem, 1 + (long long)draw_below(&d, 99));
    }
    snprintf(firm->person[0], sizeof firm->person[0], "%sов", stem);
    snprintf(firm->person[1], sizeof firm->person[1], "%s", PICK(&d, given));
    snprintf(firm->person[2], sizeof firm->person[2], "%sович", PICK(&d, given));
}

static void invent_place(const generator_world *world, generator_firm *firm) {
    static const char *const streets[] = {"Заводская", "Лесная",   "Садовая",  "Молодёжная", "Речная",
                                          "Полевая",   "Дорожная", "Школьная", "Складская",  "Луговая"};
    draws d = draws_of(world->request->seed, DRAW_PLACE, (uint64_t)firm->number);
    const generator_place *place = &world->places.place[firm->place];
    bool shared = firm->employees <= 3 && draw_uniform(&d) < 0.08; /* the address of many, the plant of none */
    snprintf(firm->street, sizeof firm->street, "%s", shared ? "Конторская" : PICK(&d, streets));
    firm->house = shared ? 1 + (int)draw_below(&d, 2) : 1 + (int)draw_below(&d, 120);
    firm->plant = !shared && draw_uniform(&d) < 0.55;
    double spread = generator_activities[firm->activity].chain != CHAIN_NONE &&
                            world->places.home[generator_activities[firm->activity].chain] == firm->place
                        ? 0.008
                        : 0.03;
    firm->lat = place->lat + (shared ? 0.0 : spread * draw_normal(&d));
    firm->lon = place->lon + (shared ? 0.0 : 1.7 * spread * draw_normal(&d));
}

void generator_firm_at(const generator_world *world, int64_t number, generator_firm *firm) {
    memset(firm, 0, sizeof *firm);
    generator_firm_outline(world, number, firm);
    draws d = draws_of(world->request->seed, DRAW_CODES, (uint64_t)number);
    draw_uniform(&d); /* the form's */
    firm->year = 1998 + (int)draw_below(&d, 26);
    firm->month = 1 + (int)draw_below(&d, 12);
    firm->day = 1 + (int)draw_below(&d, 28);
    snprintf(firm->since, sizeof firm->since, "%04d-%02d-%02d", firm->year, firm->month, firm->day);
    generator_inn(world, number, firm->form, firm->inn);
    set_ogrn(firm, scattered(world->request->seed, number, COMPANIES));
    if (firm->form != FORM_PERSON) {
        snprintf(firm->kpp, sizeof firm->kpp, "00%.2s01001", world->request->region);
    }
    firm->extras = (int)draw_below(&d, GENERATOR_EXTRAS + 1);
    for (int i = 0; i < firm->extras; i++) {
        /* The others are near the main one in the list, as they are in life. */
        int near = firm->activity + 1 + i + (int)draw_below(&d, 3) * GENERATOR_EXTRAS;
        firm->extra[i] = near % generator_activity_count;
    }
    invent_name(world, firm);
    invent_place(world, firm);
}

void generator_register_again(const generator_world *world, generator_firm *firm) {
    int64_t other = (int64_t)COMPANIES - 1 - firm->number;
    generator_inn(world, other, firm->form, firm->inn);
    set_ogrn(firm, scattered(world->request->seed, other, COMPANIES));
}
