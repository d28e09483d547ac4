/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What invented firms do: a small economy of activities that buy from each other, in chains that gather in places.
 */
#ifndef OKRUG_GENERATOR_ACTIVITIES_H
#define OKRUG_GENERATOR_ACTIVITIES_H

typedef enum {
    CHAIN_NONE, /* everywhere, as people are */
    CHAIN_WOOD,
    CHAIN_FOOD,
    CHAIN_METAL,
    CHAIN_CAR,
    CHAIN_PHARMA,
    CHAIN_ELECTRONICS,
    CHAIN_TEXTILE,
    CHAIN_BUILDING,
    CHAINS
} generator_chain;

typedef struct {
    const char *code; /* OKVED 2 */
    const char *word; /* what names of its firms may end in */
    int share;        /* of firms, of the sum of all */
    int size;         /* employees of a firm with the median, times 10 */
    int revenue;      /* of a worker, thousand roubles a year */
    int wage;         /* thousand roubles a month */
    int exports;      /* per cent of revenue, of those that export */
    generator_chain chain;
    const char *products;   /* "OKPD=name;..." */
    const char *operations; /* of its machines, "name;..." */
    const char *people;     /* occupations, "code=name;..." */
    const char *inputs;     /* "OKVED weight OKVED weight ..." */
} generator_activity;

enum { GENERATOR_ACTIVITIES_MOST = 128 };
extern const generator_activity generator_activities[];
extern const int generator_activity_count;

/* The place of an activity in the list, or -1. */
int generator_activity_find(const char *code, int length);
/* Item i of a list with `;` between: its text up to an equals sign (key) and after it (name; the key where there is no
 * sign). False: the list is shorter. */
typedef struct {
    const char *key;
    int key_length;
    const char *name;
    int name_length;
} generator_item;
int generator_items(const char *list);
generator_item generator_item_at(const char *list, int i);

#endif
