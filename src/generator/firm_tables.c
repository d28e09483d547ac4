/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables that have rows for each firm by itself: firms, accounts, products, equipment, staff.
 */
#include <math.h>
#include <string.h>

#include "generator/tables.h"

okrug_status generator_each_firm(const generator_world *world, generator_out *out, generator_firm_writer *write) {
    int64_t count = world->request->firms;
    for (int64_t i = 0; i < count; i++) {
        generator_firm firm;
        OKRUG_TRY(generator_goes_on(out, i, count));
        generator_firm_at(world, i, &firm);
        write(world, &firm, out);
    }
    okrug_progress(out->ctx, "task.generating", (double)count, (double)count);
    return OKRUG_OK;
}

/* ---- Firms ------------------------------------------------------------------------------------------------------- */

static void write_firm(const generator_world *world, const generator_firm *firm, int variant, generator_out *out) {
    const generator_place *place = &world->places.place[firm->place];
    char text[512];
    if (variant > 0) { /* the same firm under a code of its own, as lists from two hands have it */
        snprintf(text, sizeof text, "D%s", firm->inn);
        generator_text(out, text);
    } else {
        generator_text(out, firm->inn);
    }
    generator_name(firm, variant, text);
    generator_text(out, text);
    bool bare = variant == 2; /* such a list has no codes of the registers */
    generator_text(out, bare ? "" : firm->inn);
    generator_text(out, bare ? "" : firm->ogrn);
    generator_text(out, bare ? "" : firm->kpp);
    generator_text(out, generator_forms[firm->form].brief);
    generator_text(out, firm->category);
    generator_text(out, place->code);
    generator_text(out, generator_activities[firm->activity].code);
    int at = 0;
    text[0] = '\0';
    for (int i = 0; i < firm->extras; i++) {
        at += snprintf(text + at, sizeof text - (size_t)at, "%s%s", i == 0 ? "" : " ",
                       generator_activities[firm->extra[i]].code);
    }
    generator_text(out, text);
    generator_text(out, place->name);
    snprintf(text, sizeof text, "%s %s, ул. %s, д. %d", place->kind, place->name, firm->street, firm->house);
    generator_text(out, text);
    if (world->places.located) {
        generator_degrees(out, firm->lat);
        generator_degrees(out, firm->lon);
    } else {
        generator_text(out, "");
        generator_text(out, "");
    }
    generator_text(out, !world->places.located ? "municipality" : firm->plant ? "plant" : "address");
    generator_integer(out, firm->employees);
    generator_text(out, firm->since);
    generator_line_end(out);
}

static void write_firms(const generator_world *world, const generator_firm *firm, generator_out *out) {
    write_firm(world, firm, 0, out);
    if (generator_is_duplicated(world, firm->number)) {
        write_firm(world, firm, generator_variant(world, firm->number), out);
    }
}

okrug_status generator_firms(const generator_world *world, generator_out *out) {
    generator_header(out,
                     "firm,name,inn,ogrn,kpp,legal_form,category,region,industry,activities,settlement,address,lat,lon,"
                     "precision,employees,since");
    return generator_each_firm(world, out, write_firms);
}

/* ---- Accounts ---------------------------------------------------------------------------------------------------- */

int64_t generator_revenue(const generator_world *world, const generator_firm *firm, int year) {
    draws d = draws_of(world->request->seed, DRAW_ACCOUNTS, (uint64_t)firm->number);
    double own = draw_around(&d, 1.0, 0.5);
    double growth = 1.0 + 0.05 * draw_normal(&d) + 0.06;
    double workers = firm->employees + 0.5;
    double revenue = workers * generator_activities[firm->activity].revenue * own;
    for (int y = GENERATOR_FIRST_YEAR; y < year; y++) {
        revenue *= growth;
    }
    return (int64_t)revenue * 1000;
}

static int64_t part(int64_t whole, double share) {
    return (int64_t)((double)whole / 1000.0 * share) * 1000;
}

static void write_accounts(const generator_world *world, const generator_firm *firm, generator_out *out) {
    const generator_activity *activity = &generator_activities[firm->activity];
    draws d = draws_of(world->request->seed, DRAW_ACCOUNTS, (uint64_t)firm->number + (UINT64_C(1) << 40));
    double margin = 0.07 + 0.05 * draw_normal(&d);
    double abroad = draw_uniform(&d) < 0.3 ? activity->exports / 100.0 * 2.0 * draw_uniform(&d) : 0.0;
    double wage_level = draw_around(&d, 1.0, 0.15);
    double assets = draw_around(&d, 0.7, 0.6);
    double research = activity->chain >= CHAIN_CAR && activity->chain <= CHAIN_ELECTRONICS ? 0.03 : 0.004;
    double productive = 0.2 + 0.5 * draw_uniform(&d);
    for (int y = 0; y < GENERATOR_YEARS; y++) {
        int64_t revenue = generator_revenue(world, firm, GENERATOR_FIRST_YEAR + y);
        int64_t wages =
            (int64_t)((double)firm->employees * activity->wage * 12.0 * wage_level * (1.0 + 0.1 * y)) * 1000;
        int64_t profit = part(revenue, margin);
        generator_text(out, firm->inn);
        generator_integer(out, GENERATOR_FIRST_YEAR + y);
        generator_integer(out, revenue);
        generator_integer(out, part(revenue, abroad));
        generator_integer(out, revenue - profit < 0 ? 0 : revenue - profit);
        generator_integer(out, wages);
        generator_integer(out, profit);
        generator_integer(out, part(revenue, assets));
        generator_integer(out, firm->employees > 15 ? part(revenue, research * draw_uniform(&d)) : 0);
        generator_integer(out, firm->employees);
        generator_integer(out, firm->employees + firm->employees / 20);
        generator_integer(out, (int64_t)(firm->employees * productive));
        generator_line_end(out);
    }
}

okrug_status generator_accounts(const generator_world *world, generator_out *out) {
    generator_header(out, "firm,period,revenue,exports,cost,wages,profit,assets,research,employees,workplaces,"
                          "productive_workplaces");
    return generator_each_firm(world, out, write_accounts);
}

/* ---- Products ---------------------------------------------------------------------------------------------------- */

int generator_products_of(const generator_world *world, const generator_firm *firm) {
    draws d = draws_of(world->request->seed, DRAW_PRODUCT, (uint64_t)firm->number);
    int items = generator_items(generator_activities[firm->activity].products);
    return firm->employees <= 5 ? 1 : 1 + (int)draw_below(&d, items);
}

static bool is_made(const generator_firm *firm) {
    return strcmp(generator_activities[firm->activity].code, "35") < 0;
}

/* What is sold to people or to users of machines, not to those who make something of it. */
static bool is_end_product(const char *code) {
    static const char *const ends[] = {"10.5", "10.7", "10.13", "14.",   "15.", "16.23",
                                       "21.",  "26.5", "28.",   "29.10", "31."};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (strncmp(code, ends[i], strlen(ends[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void write_products(const generator_world *world, const generator_firm *firm, generator_out *out) {
    const generator_activity *activity = &generator_activities[firm->activity];
    if (!is_made(firm)) {
        return;
    }
    int products = generator_products_of(world, firm);
    int64_t revenue = generator_revenue(world, firm, GENERATOR_FIRST_YEAR + GENERATOR_YEARS - 1);
    for (int i = 0; i < products; i++) {
        generator_item product = generator_item_at(activity->products, i);
        char number[32] = "";
        if (firm->employees > 30 && firm->number % 3 == 0) {
            snprintf(number, sizeof number, "SYN-%lld-%d", (long long)firm->number, i + 1);
        }
        generator_text(out, firm->inn);
        generator_text_n(out, product.key, product.key_length);
        generator_text_n(out, product.name, product.name_length);
        generator_text(out, number);
        generator_integer(out, part(revenue, 0.9 / products));
        generator_text(out, is_end_product(product.key) ? "yes" : "no");
        generator_line_end(out);
    }
}

okrug_status generator_products(const generator_world *world, generator_out *out) {
    generator_header(out, "firm,product,name,registry_number,output,end_product");
    return generator_each_firm(world, out, write_products);
}

/* ---- Equipment and staff ----------------------------------------------------------------------------------------- */

static void write_equipment(const generator_world *world, const generator_firm *firm, generator_out *out) {
    const generator_activity *activity = &generator_activities[firm->activity];
    draws d = draws_of(world->request->seed, DRAW_EQUIPMENT, (uint64_t)firm->number);
    if (!is_made(firm) || firm->employees < 3) {
        return;
    }
    int operations = generator_items(activity->operations);
    for (int i = 0; i < operations; i++) {
        generator_item operation = generator_item_at(activity->operations, i);
        char code[48];
        snprintf(code, sizeof code, "E%lld-%d", (long long)firm->number, i + 1);
        int64_t count = 1 + (int64_t)(firm->employees * (0.02 + 0.08 * draw_uniform(&d)));
        int64_t hours = count * (draw_uniform(&d) < 0.5 ? 168 : 336);
        double idle = draw_uniform(&d) * draw_uniform(&d);
        generator_text(out, code);
        generator_text(out, firm->inn);
        generator_text_n(out, operation.name, operation.name_length);
        snprintf(code, sizeof code, "%.*s %lld", operation.name_length, operation.name,
                 100 + (long long)draw_below(&d, 900));
        generator_text(out, code);
        generator_integer(out, count);
        generator_integer(out, hours);
        generator_integer(out, (int64_t)((double)hours * idle));
        generator_integer(out, 1995 + draw_below(&d, 30));
        generator_line_end(out);
    }
}

okrug_status generator_equipment(const generator_world *world, generator_out *out) {
    generator_header(out, "equipment,firm,operation,name,count,hours,idle_hours,year");
    return generator_each_firm(world, out, write_equipment);
}

static void write_staff(const generator_world *world, const generator_firm *firm, generator_out *out) {
    static const char others[] = "1120=руководитель;3313=учётчик;9412=подсобный рабочий";
    const char *own = generator_activities[firm->activity].people;
    draws d = draws_of(world->request->seed, DRAW_STAFF, (uint64_t)firm->number);
    int trades = generator_items(own);
    int64_t left = firm->employees;
    for (int i = 0; i < trades + 3 && left > 0; i++) {
        const generator_item occupation =
            i < trades ? generator_item_at(own, i) : generator_item_at(others, i - trades);
        double share = i < trades ? (0.6 + 0.3 * draw_uniform(&d)) / trades : 0.1;
        int64_t people = i == trades + 2 ? left : (int64_t)(firm->employees * share + 0.5);
        people = people > left ? left : people;
        bool twice = i >= trades && memmem(own, strlen(own), occupation.key, (size_t)occupation.key_length) != NULL;
        if (people == 0 || twice) {
            continue; /* accountants of offices are there already */
        }
        left -= people;
        generator_text(out, firm->inn);
        generator_text_n(out, occupation.key, occupation.key_length);
        generator_integer(out, people);
        generator_integer(out, (int64_t)((double)people * 0.2 * draw_uniform(&d)));
        generator_integer(out, (int64_t)((double)people * 0.3 * draw_uniform(&d)));
        generator_line_end(out);
    }
}

/* An activity is called by what is mostly made. */
okrug_status generator_activity_names(const generator_world *world, generator_out *out) {
    (void)world;
    generator_header(out, "industry,name");
    for (int i = 0; i < generator_activity_count; i++) {
        const generator_item made = generator_item_at(generator_activities[i].products, 0);
        generator_text(out, generator_activities[i].code);
        generator_text_n(out, made.name, made.name_length);
        generator_line_end(out);
    }
    return OKRUG_OK;
}

okrug_status generator_staff(const generator_world *world, generator_out *out) {
    generator_header(out, "firm,occupation,people,vacancies,retiring");
    return generator_each_firm(world, out, write_staff);
}
