/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Places the boxes of a network: columns by trophic level, and in each column an order that keeps arrows short and
 * seldom crossed (means of neighbours, forth and back, as Sugiyama, Tagawa and Toda 1981 do it).
 */
#include <math.h>
#include <string.h>

#include "drawing/network.h"

static const double passing = 9.0; /* the height of a place where a link passes */

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

/* The part of the network that each box is in, by the smallest number in it. */
static void find_parts(const okrug_network_link *link, int links, int boxes, int *part) {
    for (int b = 0; b < boxes; b++) {
        part[b] = b;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int l = 0; l < links; l++) {
            int least = part[link[l].from] < part[link[l].to] ? part[link[l].from] : part[link[l].to];
            changed = changed || part[link[l].from] != least || part[link[l].to] != least;
            part[link[l].from] = least;
            part[link[l].to] = least;
        }
    }
}

void okrug_network_levels(const okrug_network_link *link, int links, int boxes, double *level) {
    enum { ROUNDS = 2000 };
    int part[OKRUG_NETWORK_BOXES];
    double least[OKRUG_NETWORK_BOXES];
    for (int b = 0; b < boxes; b++) {
        level[b] = 0.0;
    }
    /* Each box in turn to the weighted mean of what its links ask for (Gauss and Seidel), until nothing moves. */
    double moved = 1.0;
    for (int round = 0; round < ROUNDS && moved > 1e-10; round++) {
        moved = 0.0;
        for (int b = 0; b < boxes; b++) {
            double sum = 0.0;
            double weight = 0.0;
            for (int l = 0; l < links; l++) {
                bool in = link[l].to == b;
                if (link[l].from != link[l].to && (in || link[l].from == b)) {
                    sum += link[l].amount * (in ? level[link[l].from] + 1.0 : level[link[l].to] - 1.0);
                    weight += link[l].amount;
                }
            }
            if (weight > 0.0) {
                moved = fmax(moved, fabs(sum / weight - level[b]));
                level[b] = sum / weight;
            }
        }
    }
    find_parts(link, links, boxes, part);
    for (int b = 0; b < boxes; b++) {
        least[b] = INFINITY;
    }
    for (int b = 0; b < boxes; b++) {
        least[part[b]] = fmin(least[part[b]], level[b]);
    }
    for (int b = 0; b < boxes; b++) {
        level[b] -= least[part[b]];
    }
}

/* A column with too many boxes becomes two, as long as there may be more columns: the first half stays. */
static void split_layers(const okrug_network *network, network_places *out) {
    enum { MOST = 18 };
    for (int k = 0; k < out->layers && out->layers < OKRUG_NETWORK_LAYERS; k++) {
        int count = 0;
        for (int b = 0; b < network->boxes; b++) {
            count += out->layer[b] == k;
        }
        int stay = count > MOST ? (count + 1) / 2 : count;
        for (int b = 0; b < network->boxes && stay < count; b++) {
            out->layer[b] += out->layer[b] > k || (out->layer[b] == k && stay-- <= 0);
        }
        out->layers += count > MOST;
    }
}

/* Columns of equal steps of level; where there are more levels than columns the steps are longer. */
static void set_layers(const okrug_network *network, network_places *out) {
    double level[OKRUG_NETWORK_BOXES];
    double highest = 0.0;
    bool linked[OKRUG_NETWORK_BOXES] = {false};
    okrug_network_levels(network->link, network->links, network->boxes, level);
    for (int l = 0; l < network->links; l++) {
        linked[network->link[l].from] = true;
        linked[network->link[l].to] = true;
    }
    for (int b = 0; b < network->boxes; b++) {
        highest = fmax(highest, level[b]);
    }
    double steps = fmin(nearbyint(highest), OKRUG_NETWORK_LAYERS - 1);
    int count[OKRUG_NETWORK_LAYERS] = {0};
    out->layers = (int)steps + 1;
    for (int b = 0; b < network->boxes; b++) {
        out->layer[b] = highest > 0.0 ? (int)nearbyint(level[b] / highest * steps) : 0;
        count[out->layer[b]] += linked[b];
    }
    /* Whoever has no links goes where there is room. */
    int free_layers = network->links == 0 ? 3 : out->layers;
    out->layers = free_layers > out->layers ? free_layers : out->layers;
    for (int b = 0; b < network->boxes; b++) {
        if (!linked[b]) {
            int least = 0;
            for (int k = 1; k < out->layers; k++) {
                least = count[k] < count[least] ? k : least;
            }
            out->layer[b] = least;
            count[least]++;
        }
    }
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

static void add_paths(const okrug_network *network, network_places *out) {
    for (int l = 0; l < network->links; l++) {
        int from = network->link[l].from;
        int to = network->link[l].to;
        int step = out->layer[to] > out->layer[from] ? 1 : -1;
        int n = 0;
        out->path[l][n++] = from;
        for (int k = out->layer[from] + step; out->layer[from] != out->layer[to] && k != out->layer[to]; k += step) {
            out->place[out->places] = (network_place){.layer = k, .height = passing};
            out->path[l][n++] = out->places++;
        }
        out->path[l][n++] = to;
        out->steps[l] = n;
    }
}

/* The mean centre of the neighbours that a place has in the columns before (side -1) or after (1) it; its own where it
 * has none. */
static double mean_of(const okrug_network *network, const network_places *p, int place, int side) {
    double sum = 0.0;
    double weight = 0.0;
    for (int l = 0; l < network->links; l++) {
        for (int s = 0; s + 1 < p->steps[l]; s++) {
            int a = p->path[l][s];
            int b = p->path[l][s + 1];
            int other = a == place ? b : b == place ? a : -1;
            if (other >= 0 && (p->place[other].layer - p->place[place].layer) * side > 0) {
                sum += p->place[other].centre;
                weight += 1.0;
            }
        }
    }
    return weight > 0.0 ? sum / weight : p->place[place].centre;
}

/* Sets the places of a column under each other in the order of `key`, the column in the middle of the height. */
static void stack(network_places *p, int layer, const double *key) {
    int order[NETWORK_PLACES];
    int count = 0;
    double high = 0.0;
    for (int i = 0; i < p->places; i++) {
        if (p->place[i].layer == layer) {
            int at = count++;
            for (; at > 0 && key[order[at - 1]] > key[i]; at--) {
                order[at] = order[at - 1];
            }
            order[at] = i;
            high += p->place[i].height;
        }
    }
    double y = (p->height - high) / 2.0;
    for (int k = 0; k < count; k++) {
        p->place[order[k]].centre = y + p->place[order[k]].height / 2.0;
        y += p->place[order[k]].height;
    }
}

void okrug_network_place(const okrug_network *network, const double *height, network_places *out) {
    enum { SWEEPS = 12 };
    double key[NETWORK_PLACES];
    memset(out, 0, sizeof *out);
    set_layers(network, out);
    split_layers(network, out);
    out->places = network->boxes;
    for (int b = 0; b < network->boxes; b++) {
        out->place[b] = (network_place){.layer = out->layer[b], .height = height[b]};
    }
    add_paths(network, out);
    double column[OKRUG_NETWORK_LAYERS] = {0.0};
    for (int i = 0; i < out->places; i++) {
        key[i] = i;
        column[out->place[i].layer] += out->place[i].height;
        out->height = fmax(out->height, column[out->place[i].layer]);
    }
    for (int k = 0; k < out->layers; k++) {
        stack(out, k, key);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        int side = sweep % 2 == 0 ? -1 : 1;
        for (int n = 0; n < out->layers; n++) {
            int layer = side < 0 ? n : out->layers - 1 - n;
            for (int i = 0; i < out->places; i++) {
                key[i] = out->place[i].layer == layer ? mean_of(network, out, i, side) : 0.0;
            }
            stack(out, layer, key);
        }
    }
}
