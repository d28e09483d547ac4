/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The functional map of a cluster: participants, what they sell each other, the infrastructure they share.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "platform/application.h"

enum { BOXES = 36, LINKS = 70, TEXTS = 24, KINDS = 7, SERVICES = 15 };

typedef struct {
    int from, to;
    double amount;
} flow;

static int largest_first(const void *left, const void *right) {
    const flow *a = left;
    const flow *b = right;
    if (a->amount != b->amount) {
        return a->amount > b->amount ? -1 : 1;
    }
    return a->from != b->from ? (a->from < b->from ? -1 : 1) : (a->to > b->to) - (a->to < b->to);
}

/* ---- Boxes ------------------------------------------------------------------------------------------------------- */

/* The number of the role in the legend, added if it is new; the last one stands for all others. */
static int kind_of(okrug_application *p, okrug_network *n, const char **kinds, const char *role) {
    if (role == NULL) {
        return -1;
    }
    const char *word = okrug_application_words(p, "role", role);
    for (int k = 0; k < n->kinds; k++) {
        if (strcmp(kinds[k], word) == 0) {
            return k;
        }
    }
    if (n->kinds == KINDS) {
        kinds[KINDS - 1] = okrug_making_text(&p->m, "pack.role-others", NULL, NULL, NULL, NULL);
        return KINDS - 1;
    }
    kinds[n->kinds] = word;
    return n->kinds++;
}

/* Which participants are drawn: all, or those with the largest flows. `place` gets the box of each, -1: none. */
static okrug_status choose(okrug_application *p, int *place) {
    flow *all = OKRUG_SCRATCH(p->m.ctx, p->members, flow);
    if (all == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int i = 0; i < p->members; i++) {
        all[i] = (flow){i, 0, fmax(0.0, p->member[i].sold_inside) + fmax(0.0, p->member[i].bought_inside)};
        place[i] = -1;
    }
    qsort(all, (size_t)p->members, sizeof *all, largest_first);
    for (int i = 0; i < p->members && i < BOXES; i++) {
        place[all[i].from] = 0;
    }
    int count = 0;
    for (int i = 0; i < p->members; i++) {
        place[i] = place[i] == 0 ? count++ : -1;
    }
    return OKRUG_OK;
}

static okrug_status add_boxes(okrug_application *p, okrug_network *n, const int *place) {
    okrug_network_box *box = okrug_report_take(p->m.report, BOXES * sizeof *box);
    const char **kinds = okrug_report_take(p->m.report, KINDS * sizeof *kinds);
    OKRUG_TRY(okrug_report_status(p->m.report));
    for (int i = 0; i < p->members; i++) {
        const okrug_application_member *member = &p->member[i];
        if (place[i] >= 0) {
            box[n->boxes++] = (okrug_network_box){
                .label = okrug_report_format(p->m.report, "%d. %s", i + 1, member->name),
                .note = member->role == NULL ? NULL : okrug_application_words(p, "role", member->role),
                .kind = kind_of(p, n, kinds, member->role)};
        }
    }
    n->box = box;
    n->kind = kinds;
    return OKRUG_OK;
}

/* The product of most of what flows along each drawn link, where they are few enough to be read. */
static void name_products(okrug_application *p, const okrug_network *n, const int *place, okrug_network_link *link) {
    const okrug_column *product = okrug_registry_column(&p->r, OKRUG_REGISTRY_CONTRACTS, "product");
    double best[LINKS] = {0.0};
    if (product == NULL || n->links > TEXTS) {
        return;
    }
    int of[BOXES] = {0}; /* the participant of each box */
    for (int i = 0; i < p->members; i++) {
        if (place[i] >= 0) {
            of[place[i]] = i;
        }
    }
    for (int64_t r = 0; r < okrug_registry_rows(&p->r, OKRUG_REGISTRY_CONTRACTS); r++) {
        const char *supplier = okrug_registry_text(&p->r, OKRUG_REGISTRY_CONTRACTS, "supplier", r);
        const char *buyer = okrug_registry_text(&p->r, OKRUG_REGISTRY_CONTRACTS, "buyer", r);
        double amount = okrug_card_sale(&p->card, r);
        for (int l = 0; l < n->links && okrug_card_has_contract(&p->card, r); l++) {
            if (amount > best[l] && strcmp(p->member[of[link[l].from]].code, supplier) == 0 &&
                strcmp(p->member[of[link[l].to]].code, buyer) == 0) {
                best[l] = amount;
                link[l].text = okrug_text_at(product, r);
            }
        }
    }
}

static okrug_status add_links(okrug_application *p, okrug_network *n, const int *place, int *flows) {
    int64_t cells = (int64_t)p->members * p->members;
    int count = 0;
    for (int64_t c = 0; c < cells; c++) {
        count += p->flow[c] > 0.0;
    }
    flow *all = OKRUG_SCRATCH(p->m.ctx, count + 1, flow);
    okrug_network_link *link = okrug_report_take(p->m.report, LINKS * sizeof *link);
    if (all == NULL || link == NULL) {
        return OKRUG_NO_MEMORY;
    }
    count = 0;
    for (int64_t c = 0; c < cells; c++) {
        if (p->flow[c] > 0.0) {
            all[count++] = (flow){(int)(c / p->members), (int)(c % p->members), p->flow[c]};
        }
    }
    qsort(all, (size_t)count, sizeof *all, largest_first);
    for (int i = 0; i < count && n->links < LINKS; i++) {
        if (place[all[i].from] >= 0 && place[all[i].to] >= 0) {
            link[n->links++] = (okrug_network_link){place[all[i].from], place[all[i].to], all[i].amount / 1e6, NULL};
        }
    }
    n->link = link;
    *flows = count;
    name_products(p, n, place, link);
    return OKRUG_OK;
}

/* ---- What surrounds them ----------------------------------------------------------------------------------------- */

static okrug_status add_services(okrug_application *p, okrug_network *n, int *facilities) {
    okrug_network_box *box = okrug_report_take(p->m.report, SERVICES * sizeof *box);
    if (box == NULL) {
        return OKRUG_NO_MEMORY;
    }
    n->service = box;
    for (int64_t r = 0; r < okrug_registry_rows(&p->r, OKRUG_REGISTRY_FACILITIES); r++) {
        if (!okrug_registry_in_force(&p->r, OKRUG_REGISTRY_FACILITIES, r)) {
            continue;
        }
        *facilities += 1;
        if (n->services < SERVICES) {
            const char *name = okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "name", r);
            const char *kind = okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "kind", r);
            name = name != NULL ? name : okrug_registry_text(&p->r, OKRUG_REGISTRY_FACILITIES, "facility", r);
            box[n->services++] =
                (okrug_network_box){.label = name,
                                    .note = kind == NULL ? NULL : okrug_application_words(p, "facility_kind", kind),
                                    .kind = -1};
        }
    }
    n->below = okrug_making_text(&p->m, "pack.infrastructure", NULL, NULL, NULL, NULL);
    return OKRUG_OK;
}

static const char *organisation_of(okrug_application *p) {
    const char *code = okrug_registry_text(&p->r, OKRUG_REGISTRY_CLUSTERS, "organisation", 0);
    return code == NULL
               ? NULL
               : okrug_making_text(&p->m, "pack.organisation", "firm", okrug_application_firm(p, code), NULL, NULL);
}

/* An arrow without an amount has no width. */
static void say_undrawn(okrug_application *p) {
    int count = 0;
    for (int64_t c = 0; c < (int64_t)p->members * p->members; c++) {
        count += isnan(p->flow[c]);
    }
    if (count > 0) {
        okrug_application_say(p, OKRUG_BLOCK_NOTE, "pack.map-unknown", "count",
                              okrug_report_format(p->m.report, "%d", count));
    }
}

okrug_status okrug_application_map(okrug_application *p) {
    okrug_network *n = okrug_report_take(p->m.report, sizeof *n);
    int *place = OKRUG_SCRATCH(p->m.ctx, p->members + 1, int);
    int flows = 0;
    int facilities = 0;
    if (n == NULL || place == NULL || p->members == 0) {
        return n == NULL || place == NULL ? OKRUG_NO_MEMORY : OKRUG_OK;
    }
    OKRUG_TRY(choose(p, place));
    OKRUG_TRY(add_boxes(p, n, place));
    OKRUG_TRY(add_links(p, n, place, &flows));
    OKRUG_TRY(add_services(p, n, &facilities));
    n->above = organisation_of(p);
    n->amounts = okrug_making_text(&p->m, "unit.million-rub", NULL, NULL, NULL, NULL);
    n->numerals = okrug_report_numerals(p->m.report);
    okrug_application_say(p, OKRUG_BLOCK_HEADING, "pack.map", NULL, NULL);
    okrug_application_say(p, OKRUG_BLOCK_TEXT, "pack.map-text", NULL, NULL);
    const char *title = okrug_making_text(&p->m, "pack.map-title", "name", p->name, NULL, NULL);
    okrug_report_figure figure = {.title = title,
                                  .source = okrug_application_source(p, OKRUG_REGISTRY_PARTICIPANTS),
                                  .kind = OKRUG_FIGURE_NETWORK,
                                  .network = n};
    okrug_report_add_figure(p->m.report, &figure);
    if (n->boxes < p->members || n->links < flows || n->services < facilities) {
        const char *name[] = {"boxes", "members", "links", "flows", "services", "facilities"};
        const char *value[6];
        const int number[] = {n->boxes, p->members, n->links, flows, n->services, facilities};
        for (int i = 0; i < 6; i++) {
            value[i] = okrug_report_format(p->m.report, "%d", number[i]);
        }
        okrug_report_add(p->m.report, OKRUG_BLOCK_NOTE,
                         okrug_report_text(p->m.report, "pack.map-largest", 6, name, value));
    }
    say_undrawn(p);
    return okrug_report_status(p->m.report);
}
