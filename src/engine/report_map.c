/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The map of a finding: its rows joined to the boundaries that the study names, or, where none were imported, to the
 * centres of its territories as symbols. Colours stand for kinds (the most frequent first) or for classes of a number.
 */
#include "engine/report_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

#include "dataset/wkb.h"

/* ---- Geometry ---------------------------------------------------------------------------------------------------- */

/* Rings as they come out of well-known binary; `xy` NULL: only counted. */
typedef struct {
    int64_t rings;
    int64_t points;
    int64_t *start;
    double *xy;
} outline;

static void begin_part(void *user, const okrug_wkb_part *part) {
    outline *o = user;
    if (part->type == OKRUG_WKB_RING) {
        if (o->start != NULL) {
            o->start[o->rings] = o->points;
        }
        o->rings++;
    }
}

static void take_point(void *user, const okrug_wkb_part *part, const double *position) {
    outline *o = user;
    if (part->type == OKRUG_WKB_RING && isfinite(position[0]) && isfinite(position[1])) {
        if (o->xy != NULL) {
            o->xy[2 * o->points] = position[0];
            o->xy[2 * o->points + 1] = position[1];
        }
        o->points++;
    }
}

static okrug_status read_outline(okrug_making *m, const char *digits, okrug_outline *shape) {
    okrug_buffer bytes = {0};
    outline o = {0};
    okrug_wkb_visitor visitor = {.user = &o, .begin = begin_part, .point = take_point};
    bool good = okrug_hexadecimal_decode(digits, &bytes) && !bytes.failed &&
                okrug_wkb_walk((const uint8_t *)bytes.bytes, bytes.length, &visitor);
    if (good && o.points > 0) {
        o.start = okrug_report_take(m->report, (size_t)(o.rings + 1) * sizeof *o.start);
        o.xy = okrug_report_take(m->report, (size_t)o.points * 2 * sizeof *o.xy);
    }
    if (good && o.start != NULL && o.xy != NULL) {
        o.rings = 0;
        o.points = 0;
        okrug_wkb_walk((const uint8_t *)bytes.bytes, bytes.length, &visitor);
        o.start[o.rings] = o.points;
        *shape = (okrug_outline){.rings = o.rings, .start = o.start, .xy = o.xy};
    }
    okrug_buffer_free(&bytes);
    return okrug_report_status(m->report);
}

static const okrug_column *geometry_of(const okrug_table *table) {
    for (int c = 0; table != NULL && c < table->columns; c++) {
        if (table->column[c].type == OKRUG_GEOMETRY) {
            return &table->column[c];
        }
    }
    return NULL;
}

/* ---- Areas ------------------------------------------------------------------------------------------------------- */

/* The last word, where at least half of the names end with it ("... District"), is left out for want of room. */
static size_t shared_ending(const char *const *names, int64_t count) {
    int64_t most = 0;
    size_t length = 0;
    for (int64_t i = 0; i < count; i++) {
        const char *space = strrchr(names[i], ' ');
        int64_t same = 0;
        for (int64_t k = 0; space != NULL && k < count; k++) {
            const char *other = strrchr(names[k], ' ');
            same += other != NULL && strcmp(other, space) == 0;
        }
        if (same > most) {
            most = same;
            length = strlen(space);
        }
    }
    return most > 1 && 2 * most >= count ? length : 0;
}

static void shorten(okrug_making *m, const char **names, int64_t count) {
    size_t ending = shared_ending(names, count);
    const char *word = NULL;
    for (int64_t i = 0; ending > 0 && i < count && word == NULL; i++) {
        const char *space = strrchr(names[i], ' ');
        word = space != NULL && strlen(space) == ending ? space : NULL;
    }
    for (int64_t i = 0; word != NULL && i < count; i++) {
        size_t length = strlen(names[i]);
        if (names[i] != NULL && length > ending && strcmp(names[i] + length - ending, word) == 0) {
            names[i] = okrug_report_format(m->report, "%.*s", (int)(length - ending), names[i]);
        }
    }
}

/* All areas there are, from boundaries or, without them, from centres; the name of an area is its region's. */
static okrug_status read_areas(okrug_making *m, const okrug_node *finding, const okrug_table *table, okrug_area *areas,
                               const char **codes) {
    const okrug_column *region = okrug_table_column(table, "region");
    const okrug_column *geometry = geometry_of(table);
    const okrug_column *lat = okrug_table_column(table, "lat");
    const okrug_column *lon = okrug_table_column(table, "lon");
    const char *column = okrug_node_text(okrug_node_get(finding, "figure"), "region");
    const char *dimension = okrug_node_text(okrug_node_get(finding, "labels"), column == NULL ? "region" : column);
    const char **names = okrug_report_take(m->report, (size_t)table->rows * sizeof *names);
    if (names == NULL) {
        return OKRUG_NO_MEMORY;
    }
    for (int64_t r = 0; r < table->rows; r++) {
        const char *code = okrug_text_at(region, r);
        codes[r] = code == NULL ? "" : code;
        names[r] = okrug_making_label(m, dimension, codes[r]);
        areas[r].kind = -1;
        if (geometry != NULL && okrug_text_at(geometry, r) != NULL) {
            OKRUG_TRY(read_outline(m, okrug_text_at(geometry, r), &areas[r].shape));
        }
        if (lat != NULL && lon != NULL && geometry == NULL) {
            areas[r].centre[0] = lon->number[r];
            areas[r].centre[1] = lat->number[r];
        }
    }
    shorten(m, names, table->rows);
    for (int64_t r = 0; r < table->rows; r++) {
        areas[r].name = names[r];
    }
    return okrug_report_status(m->report);
}

/* Areas that can be drawn first, the others forgotten; how many can. */
static int64_t keep_drawable(okrug_area *areas, const char **codes, int64_t count) {
    int64_t kept = 0;
    for (int64_t a = 0; a < count; a++) {
        bool centre = areas[a].shape.rings == 0 && isfinite(areas[a].centre[0]) && isfinite(areas[a].centre[1]) &&
                      (areas[a].centre[0] != 0.0 || areas[a].centre[1] != 0.0);
        if (areas[a].shape.rings > 0 || centre) {
            areas[kept] = areas[a];
            codes[kept++] = codes[a];
        }
    }
    return kept;
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *code;
    const char *name;
    int64_t count;
    int64_t order;
} category;

static int by_frequency(const void *left, const void *right) {
    const category *a = left;
    const category *b = right;
    return a->count != b->count ? (a->count > b->count ? -1 : 1) : strcmp(a->code, b->code);
}

static okrug_status classes_of_kinds(okrug_making *m, const okrug_column *codes, const okrug_column *names,
                                     int64_t rows, okrug_map *map, int *kind_of_row) {
    category *list = okrug_report_take(m->report, (size_t)rows * sizeof *list);
    okrug_area_class *kinds = okrug_report_take(m->report, (size_t)rows * sizeof *kinds);
    if (list == NULL || kinds == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t count = 0;
    for (int64_t r = 0; r < rows; r++) {
        const char *code = okrug_text_at(codes, r);
        int64_t i = 0;
        while (code != NULL && i < count && strcmp(list[i].code, code) != 0) {
            i++;
        }
        if (code != NULL && i == count) {
            list[count++] = (category){.code = code, .name = okrug_text_at(names, r)};
        }
        if (code != NULL) {
            list[i].count++;
        }
    }
    qsort(list, (size_t)count, sizeof *list, by_frequency);
    for (int64_t i = 0; i < count; i++) {
        bool letter = strlen(list[i].code) <= 2;
        kinds[i] = (okrug_area_class){.colour = okrug_hues[i < OKRUG_HUES ? i : OKRUG_HUES],
                                      .letter = letter ? list[i].code : NULL,
                                      .text = list[i].name};
    }
    for (int64_t r = 0; r < rows; r++) {
        const char *code = okrug_text_at(codes, r);
        kind_of_row[r] = -1;
        for (int64_t i = 0; code != NULL && i < count; i++) {
            kind_of_row[r] = strcmp(list[i].code, code) == 0 ? (int)i : kind_of_row[r];
        }
    }
    map->kind = kinds;
    map->kinds = (int)count;
    return OKRUG_OK;
}

static int compare_numbers(const void *left, const void *right) {
    double a = *(const double *)left;
    double b = *(const double *)right;
    return a < b ? -1 : a > b;
}

/* Fixed breaks around a reference, so that a colour means the same everywhere; else classes of equal counts. */
static okrug_status find_breaks(okrug_making *m, const okrug_column *value, int64_t rows, double reference,
                                double breaks[OKRUG_STEPS - 1], int *count) {
    static const double around[OKRUG_STEPS - 1] = {0.5, 0.8, 1.25, 2.0};
    *count = 0;
    if (isfinite(reference)) {
        for (int i = 0; i < OKRUG_STEPS - 1; i++) {
            breaks[(*count)++] = reference * around[i];
        }
        return OKRUG_OK;
    }
    double *sorted = okrug_report_take(m->report, (size_t)rows * sizeof *sorted);
    if (sorted == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int64_t known = 0;
    for (int64_t r = 0; r < rows; r++) {
        if (okrug_reason_at(value, r) == OKRUG_PRESENT) {
            sorted[known++] = value->number[r];
        }
    }
    qsort(sorted, (size_t)known, sizeof *sorted, compare_numbers);
    for (int i = 1; i < OKRUG_STEPS && known > 0; i++) {
        double at = sorted[i * known / OKRUG_STEPS];
        if (at > sorted[0] && (*count == 0 || at > breaks[*count - 1])) {
            breaks[(*count)++] = at;
        }
    }
    return OKRUG_OK;
}

static okrug_status classes_of_numbers(okrug_making *m, const okrug_table *table, const okrug_column *value,
                                       double reference, okrug_map *map, int *kind_of_row) {
    double breaks[OKRUG_STEPS - 1];
    int count = 0;
    OKRUG_TRY(find_breaks(m, value, table->rows, reference, breaks, &count));
    okrug_area_class *kinds = okrug_report_take(m->report, (size_t)(count + 1) * sizeof *kinds);
    if (kinds == NULL) {
        return OKRUG_NO_MEMORY;
    }
    int decimals = okrug_report_decimals(table, (int)(value - table->column));
    for (int k = 0; k <= count; k++) {
        int step = count == 0 ? OKRUG_STEPS / 2 : k * (OKRUG_STEPS - 1) / count;
        const char *low = k > 0 ? okrug_report_number(m->report, breaks[k - 1], decimals) : NULL;
        const char *high = k < count ? okrug_report_number(m->report, breaks[k], decimals) : NULL;
        kinds[k].colour = isfinite(reference) ? okrug_diverging[step] : okrug_sequence[step];
        kinds[k].text = low == NULL && high == NULL ? okrug_making_text(m, "web.legend.all", NULL, NULL, NULL, NULL)
                        : low == NULL               ? okrug_making_text(m, "web.legend.under", "high", high, NULL, NULL)
                        : high == NULL              ? okrug_making_text(m, "web.legend.from", "low", low, NULL, NULL)
                                                    : okrug_report_format(m->report, "%s\xE2\x80\x93%s", low, high);
    }
    for (int64_t r = 0; r < table->rows; r++) {
        int k = 0;
        while (k < count && value->number[r] >= breaks[k]) {
            k++;
        }
        kind_of_row[r] = okrug_reason_at(value, r) == OKRUG_PRESENT ? k : -1;
    }
    map->kind = kinds;
    map->kinds = count + 1;
    return OKRUG_OK;
}

/* ---- The map ----------------------------------------------------------------------------------------------------- */

static bool unsure_at(const okrug_table *table, const okrug_node *figure, double reference, int64_t row) {
    const char *low = okrug_node_text(figure, "low");
    const char *high = okrug_node_text(figure, "high");
    const okrug_column *from = low == NULL ? NULL : okrug_table_column(table, low);
    const okrug_column *to = high == NULL ? NULL : okrug_table_column(table, high);
    return isfinite(reference) && from != NULL && to != NULL && from->type == OKRUG_NUMBER &&
           to->type == OKRUG_NUMBER && from->number[row] <= reference && to->number[row] >= reference;
}

static void join(const okrug_table *codes, const okrug_node *figure, double reference, const int *kind_of_row,
                 const okrug_column *region, const char *const *area_codes, okrug_area *areas, int64_t count,
                 const okrug_map *map) {
    for (int64_t r = 0; r < codes->rows; r++) {
        const char *code = okrug_text_at(region, r);
        for (int64_t a = 0; code != NULL && a < count; a++) {
            if (strcmp(area_codes[a], code) == 0) {
                areas[a].kind = kind_of_row[r];
                areas[a].letter = kind_of_row[r] < 0 ? NULL : map->kind[kind_of_row[r]].letter;
                areas[a].unsure = unsure_at(codes, figure, reference, r);
            }
        }
    }
}

static okrug_status no_column(okrug_making *m, const okrug_node *figure, const char *role) {
    return okrug_fail(m->ctx, OKRUG_BAD_INPUT, "yaml-expected",
                      &(okrug_place){.file = figure->file, .line = figure->line}, "key", role, "expected", "text",
                      (char *)NULL);
}

okrug_status okrug_making_map(okrug_making *m, const okrug_node *finding, const okrug_table *codes,
                              const okrug_table *names, okrug_report_figure *out) {
    const okrug_node *figure = okrug_node_get(finding, "figure");
    const char *region_name = okrug_node_text(figure, "region");
    const char *category_name = okrug_node_text(figure, "category");
    const char *value_name = okrug_node_text(figure, "value");
    const okrug_column *region = region_name == NULL ? NULL : okrug_table_column(codes, region_name);
    const okrug_column *shown = okrug_table_column(codes, category_name != NULL ? category_name : value_name);
    if (region == NULL || region->type == OKRUG_NUMBER) {
        return no_column(m, figure, "region");
    }
    if (shown == NULL || (shown->type == OKRUG_NUMBER) == (category_name != NULL)) {
        return no_column(m, figure, category_name != NULL ? "category" : "value");
    }
    const okrug_table *places = NULL;
    OKRUG_TRY(okrug_making_table(m, okrug_node_text(m->page, "boundaries"), NULL, &places));
    bool drawn = geometry_of(places) != NULL;
    if (!drawn) {
        OKRUG_TRY(okrug_making_table(m, okrug_node_text(m->page, "territories"), NULL, &places));
    }
    if (places == NULL || okrug_table_column(places, "region") == NULL) {
        return okrug_fail(m->ctx, OKRUG_BAD_INPUT, "no-places",
                          &(okrug_place){.file = figure->file, .line = figure->line}, (char *)NULL);
    }
    okrug_map *map = okrug_report_take(m->report, sizeof *map);
    okrug_area *areas = okrug_report_take(m->report, (size_t)places->rows * sizeof *areas);
    const char **area_codes = okrug_report_take(m->report, (size_t)places->rows * sizeof *area_codes);
    int *kind_of_row = okrug_report_take(m->report, (size_t)codes->rows * sizeof *kind_of_row);
    OKRUG_TRY(okrug_report_status(m->report));
    OKRUG_TRY(read_areas(m, finding, places, areas, area_codes));
    const char *text = okrug_node_text(figure, "reference");
    double reference = NAN;
    reference = text != NULL && okrug_number_read(text, strlen(text), &reference) ? reference : NAN;
    OKRUG_TRY(category_name != NULL
                  ? classes_of_kinds(m, shown, okrug_table_column(names, category_name), codes->rows, map, kind_of_row)
                  : classes_of_numbers(m, codes, shown, reference, map, kind_of_row));
    map->area = areas;
    map->areas = keep_drawable(areas, area_codes, places->rows);
    join(codes, figure, reference, kind_of_row, region, area_codes, areas, map->areas, map);
    map->missing = okrug_making_text(m, "report.map.missing", NULL, NULL, NULL, NULL);
    map->unsure = okrug_making_text(m, "report.map.unsure", NULL, NULL, NULL, NULL);
    map->km = okrug_making_text(m, "report.map.km", NULL, NULL, NULL, NULL);
    map->numerals = okrug_report_numerals(m->report);
    const char *origin = drawn ? okrug_report_source(m->report, places->dataset->provenance) : NULL;
    const char *ground = origin != NULL ? okrug_making_text(m, "report.map.boundaries-of", "source", origin, NULL, NULL)
                         : drawn        ? okrug_making_text(m, "report.map.boundaries", NULL, NULL, NULL, NULL)
                                        : okrug_making_text(m, "report.map.centres", NULL, NULL, NULL, NULL);
    out->source = okrug_report_format(m->report, "%s %s", out->source, ground);
    out->kind = OKRUG_FIGURE_MAP;
    out->map = map;
    return okrug_report_status(m->report);
}
