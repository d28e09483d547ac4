/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a registry of clusters holds: clusters, their participants, facilities, projects and what is promised there.
 */
#include <string.h>

#include "generator/tables.h"

static const char *const chain_names[CHAINS] = {
    [CHAIN_WOOD] = "деревообработки и мебели", [CHAIN_FOOD] = "агропищевой",
    [CHAIN_METAL] = "металлообработки",        [CHAIN_CAR] = "автомобильный",
    [CHAIN_PHARMA] = "фармацевтический",       [CHAIN_ELECTRONICS] = "приборостроения",
    [CHAIN_TEXTILE] = "лёгкой промышленности", [CHAIN_BUILDING] = "строительных материалов"};

/* The members with an INN, and what they are to the cluster. */
typedef void member_writer(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                           generator_out *out);

static okrug_status each_member(const generator_world *world, generator_out *out, member_writer *write) {
    generator_index index;
    okrug_mark mark = okrug_scratch_mark(out->ctx);
    okrug_status status = generator_index_of(world, out->ctx, &index);
    int members[OKRUG_GENERATOR_CLUSTERS_MOST] = {0};
    for (int64_t i = 0; status == OKRUG_OK && i < index.count; i++) {
        if (index.cluster[i] >= 0) {
            generator_firm firm;
            generator_firm_at(world, i, &firm);
            write(world, index.cluster[i], &firm, members[index.cluster[i]]++, out);
        }
    }
    okrug_scratch_reset(out->ctx, mark);
    return status;
}

static bool of_chain(const generator_firm *firm, int cluster) {
    return (int)generator_activities[firm->activity].chain == cluster + 1;
}

/* The activity whose products the cluster sells: the last of its chain in the list. */
static bool makes_end_product(const generator_firm *firm, int cluster) {
    static const char *const ends[CHAINS] = {[CHAIN_WOOD] = "31 16.23",  [CHAIN_FOOD] = "10.13 10.51 10.71",
                                             [CHAIN_METAL] = "28 25.11", [CHAIN_CAR] = "29.10 29.32",
                                             [CHAIN_PHARMA] = "21",      [CHAIN_ELECTRONICS] = "26.51 27.32",
                                             [CHAIN_TEXTILE] = "14 15",  [CHAIN_BUILDING] = "41 23.61"};
    const char *code = generator_activities[firm->activity].code;
    for (const char *at = ends[cluster + 1]; *at != '\0'; at += strcspn(at, " "), at += *at == ' ') {
        if (strncmp(code, at, strcspn(at, " ")) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- Clusters and participants ----------------------------------------------------------------------------------- */

static bool is_organisation(const generator_firm *firm) {
    return firm->form != FORM_PERSON && strcmp(generator_activities[firm->activity].code, "71.12") == 0;
}

okrug_status generator_clusters(const generator_world *world, generator_out *out) {
    generator_header(out, "cluster,name,region,organisation,goals,since");
    generator_index index;
    okrug_mark mark = okrug_scratch_mark(out->ctx);
    okrug_status status = generator_index_of(world, out->ctx, &index);
    for (int c = 0; status == OKRUG_OK && c < generator_cluster_count(world); c++) {
        char text[160], inn[16] = "";
        bool chosen = false;
        for (int64_t i = 0; i < index.count && !chosen; i++) {
            generator_firm firm;
            if (index.cluster[i] != c) {
                continue;
            }
            generator_firm_outline(world, i, &firm);
            chosen = is_organisation(&firm);
            if (chosen || (inn[0] == '\0' && firm.form != FORM_PERSON)) { /* one of the others where there is none */
                generator_inn(world, i, firm.form, inn);
            }
        }
        generator_cluster_code(world, c, text);
        generator_text(out, text);
        snprintf(text, sizeof text, "Учебный кластер: %s", chain_names[c + 1]);
        generator_text(out, text);
        generator_text(out, world->places.place[world->places.home[c + 1]].code);
        generator_text(out, inn);
        generator_text(out, "Рост выпуска и кооперации участников");
        generator_day(30 + 17 * c, text);
        generator_text(out, text);
        generator_line_end(out);
    }
    okrug_scratch_reset(out->ctx, mark);
    return status;
}

static void write_participant(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                              generator_out *out) {
    draws d = draws_of(world->request->seed, DRAW_CLUSTER, (uint64_t)firm->number);
    char text[24];
    (void)place_in_it;
    generator_cluster_code(world, cluster, text);
    generator_text(out, text);
    generator_text(out, firm->inn);
    bool produces = of_chain(firm, cluster);
    generator_text(out, is_organisation(firm)              ? "organisation"
                        : makes_end_product(firm, cluster) ? "maker"
                        : produces                         ? "supplier"
                                                           : "service");
    generator_day(30 + 17 * cluster + draw_below(&d, 700), text);
    generator_text(out, text);
    generator_text(out, draw_uniform(&d) < 0.08 ? "2025-06-30" : "");
    generator_text(out, produces ? "yes" : "no");
    generator_text(out, !produces && draw_uniform(&d) < 0.2 ? "yes" : "no");
    generator_text(out, draw_uniform(&d) < 0.1 ? "yes" : "no");
    generator_text(out, draw_uniform(&d) < 0.05 ? "yes" : "no");
    generator_line_end(out);
}

okrug_status generator_participants(const generator_world *world, generator_out *out) {
    generator_header(out,
                     "cluster,firm,role,since,until,producing,organises_production,special_territory,special_contract");
    return each_member(world, out, write_participant);
}

okrug_status generator_facilities(const generator_world *world, generator_out *out) {
    static const struct {
        const char *kind, *name;
    } kinds[] = {{"university", "Учебный институт"},  {"college", "Учебный колледж"},
                 {"research", "Учебная лаборатория"}, {"technology", "Учебный технопарк"},
                 {"financial", "Учебный фонд"},       {"non-profit", "Учебная ассоциация"}};
    generator_header(out, "facility,cluster,kind,name,region,lat,lon,since");
    for (int c = 0; c < generator_cluster_count(world); c++) {
        const generator_place *place = &world->places.place[world->places.home[c + 1]];
        draws d = draws_of(world->request->seed, DRAW_CLUSTER, (UINT64_C(1) << 40) + (uint64_t)c);
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            char text[160], cluster[24];
            if (draw_uniform(&d) < 0.25) {
                continue; /* not all have all */
            }
            generator_cluster_code(world, c, cluster);
            snprintf(text, sizeof text, "%s-F%zu", cluster, k + 1);
            generator_text(out, text);
            generator_text(out, cluster);
            generator_text(out, kinds[k].kind);
            snprintf(text, sizeof text, "%s %d", kinds[k].name, c + 1);
            generator_text(out, text);
            generator_text(out, place->code);
            if (world->places.located) {
                generator_degrees(out, place->lat + 0.02 * draw_normal(&d));
                generator_degrees(out, place->lon + 0.03 * draw_normal(&d));
            } else {
                generator_text(out, "");
                generator_text(out, "");
            }
            generator_day(draw_below(&d, 1000), text);
            generator_text(out, text);
            generator_line_end(out);
        }
    }
    return OKRUG_OK;
}

/* ---- Projects: one for every fourth member ----------------------------------------------------------------------- */

typedef struct {
    char code[64];
    int64_t start, finish, budget;
    draws rest;
} project;

static bool project_of(const generator_world *world, const generator_firm *firm, int cluster, int place_in_it,
                       project *p) {
    char text[24];
    if (place_in_it % 4 != 0) {
        return false;
    }
    generator_cluster_code(world, cluster, text);
    snprintf(p->code, sizeof p->code, "%s-P%d", text, place_in_it / 4 + 1);
    p->rest = draws_of(world->request->seed, DRAW_PROJECT, (uint64_t)firm->number);
    p->start = 400 + draw_below(&p->rest, 700);
    p->finish = p->start + 300 + draw_below(&p->rest, 900);
    p->budget = (int64_t)draw_around(&p->rest, 20000.0 + 300.0 * firm->employees, 0.8) * 1000;
    return true;
}

static void write_project(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                          generator_out *out) {
    static const char *const stages[] = {"idea", "design", "building", "running"};
    project p;
    char text[160];
    if (!project_of(world, firm, cluster, place_in_it, &p)) {
        return;
    }
    generator_item product = generator_item_at(generator_activities[firm->activity].products, 0);
    generator_text(out, p.code);
    generator_cluster_code(world, cluster, text);
    generator_text(out, text);
    snprintf(text, sizeof text, "Выпуск: %.*s", product.name_length, product.name);
    generator_text(out, text);
    generator_text(out, firm->inn);
    generator_text_n(out, product.key, product.key_length);
    generator_day(p.start, text);
    generator_text(out, text);
    generator_day(p.finish, text);
    generator_text(out, text);
    generator_integer(out, p.budget);
    generator_integer(out, (int64_t)((double)p.budget / 1000.0 * (0.1 + 0.5 * draw_uniform(&p.rest))) * 1000);
    generator_integer(out, 3 + (int64_t)(firm->employees * 0.2 * draw_uniform(&p.rest)));
    generator_text(out, stages[draw_below(&p.rest, 4)]);
    generator_line_end(out);
}

okrug_status generator_projects(const generator_world *world, generator_out *out) {
    generator_header(out, "project,cluster,name,firm,product,start,finish,budget,own_funds,jobs,stage");
    return each_member(world, out, write_project);
}

static void write_milestones(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                             generator_out *out) {
    static const char *const names[] = {"Проект", "Площадка", "Оборудование", "Пуск"};
    project p;
    char text[16];
    if (!project_of(world, firm, cluster, place_in_it, &p)) {
        return;
    }
    for (int i = 0; i < 4; i++) {
        int64_t due = p.start + (p.finish - p.start) * (i + 1) / 4;
        int64_t done = due + draw_below(&p.rest, 120) - 40;
        snprintf(text, sizeof text, "M%d", i + 1);
        generator_text(out, p.code);
        generator_text(out, text);
        generator_text(out, names[i]);
        generator_day(due, text);
        generator_text(out, text);
        generator_day(done, text);
        generator_text(out, done < 1400 ? text : ""); /* what lies ahead is not done */
        generator_line_end(out);
    }
}

okrug_status generator_milestones(const generator_world *world, generator_out *out) {
    generator_header(out, "project,milestone,name,due,done");
    return each_member(world, out, write_milestones);
}

static void write_spending(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                           generator_out *out) {
    static const char *const sources[] = {"own", "loan", "subsidy", "other"};
    project p;
    char text[16];
    if (!project_of(world, firm, cluster, place_in_it, &p)) {
        return;
    }
    for (int i = 0; i < 6; i++) {
        snprintf(text, sizeof text, "S%d", i + 1);
        generator_text(out, p.code);
        generator_text(out, text);
        generator_day(p.start + (p.finish - p.start) * i / 6, text);
        generator_text(out, text);
        generator_integer(out, (int64_t)((double)p.budget / 6000.0 * (0.5 + draw_uniform(&p.rest))) * 1000);
        generator_text(out, sources[draw_below(&p.rest, 4)]);
        generator_line_end(out);
    }
}

okrug_status generator_spending(const generator_world *world, generator_out *out) {
    generator_header(out, "project,entry,date,amount,source");
    return each_member(world, out, write_spending);
}

static void write_obligation(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                             generator_out *out) {
    project p;
    char text[96];
    if (!project_of(world, firm, cluster, place_in_it, &p)) {
        return;
    }
    snprintf(text, sizeof text, "%s-O1", p.code);
    generator_text(out, text);
    generator_text(out, p.code);
    generator_cluster_code(world, cluster, text);
    generator_text(out, text);
    generator_text(out, firm->inn);
    generator_text(out, "Создать рабочие места");
    generator_day(p.finish, text);
    generator_text(out, text);
    generator_text(out, "");
    generator_integer(out, 3 + draw_below(&p.rest, 40));
    generator_line_end(out);
}

okrug_status generator_obligations(const generator_world *world, generator_out *out) {
    generator_header(out, "obligation,project,cluster,party,name,due,done,amount");
    return each_member(world, out, write_obligation);
}

/* ---- Needs: three of each project -------------------------------------------------------------------------------- */

static void write_need(const generator_world *world, int cluster, const generator_firm *firm, int place_in_it,
                       generator_out *out) {
    static const struct {
        const char *kind, *name, *measure;
        int least, most;
    } kinds[] = {{"area", "Производственная площадь", "м²", 200, 4000},
                 {"power", "Электрическая мощность", "кВт", 50, 2500},
                 {"gas", "Газ", "тыс. м³ в год", 20, 900},
                 {"college", "Обучение рабочих", "чел.", 5, 60},
                 {"research", "Испытания изделий", "изделий в год", 10, 300},
                 {"equipment", "Оборудование", "ч в месяц", 20, 300}};
    enum { KINDS = sizeof kinds / sizeof kinds[0], EQUIPMENT = KINDS - 1, NEEDS = 3 };
    project p;
    char text[96];
    if (!project_of(world, firm, cluster, place_in_it, &p)) {
        return;
    }
    draws d = draws_of(world->request->seed, DRAW_NEED, (uint64_t)firm->number);
    const char *machines = generator_activities[firm->activity].operations;
    int first = (int)draw_below(&d, KINDS);
    for (int i = 0; i < NEEDS; i++) {
        int kind = (first + i) % KINDS;
        generator_item machine = generator_item_at(machines, 0);
        bool operation = kind == EQUIPMENT && generator_items(machines) > 0;
        int64_t due = p.start + (p.finish - p.start) * (i + 1) / 4;
        int64_t done = due + draw_below(&d, 200) - 60;
        snprintf(text, sizeof text, "%s-N%d", p.code, i + 1);
        generator_text(out, text);
        generator_text(out, p.code);
        generator_cluster_code(world, cluster, text);
        generator_text(out, text);
        generator_text(out, firm->inn);
        generator_text(out, kinds[kind].kind);
        generator_text_n(out, machine.name, operation ? machine.name_length : 0);
        generator_text(out, kinds[kind].name);
        generator_integer(out, kinds[kind].least + draw_below(&d, kinds[kind].most - kinds[kind].least));
        generator_text(out, kinds[kind].measure);
        generator_day(due, text);
        generator_text(out, text);
        generator_day(done, text);
        generator_text(out, done < 1400 && draw_uniform(&d) < 0.6 ? text : "");
        snprintf(text, sizeof text, "%s-O1", p.code);
        generator_text(out, draw_uniform(&d) < 0.2 ? text : "");
        generator_line_end(out);
    }
}

okrug_status generator_needs(const generator_world *world, generator_out *out) {
    generator_header(out, "need,project,cluster,firm,kind,operation,name,quantity,measure,due,done,obligation");
    return each_member(world, out, write_need);
}
