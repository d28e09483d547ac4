/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of drawing share: small figures of every kind.
 */
#ifndef OKRUG_TESTS_SUPPORT_DRAWING_TESTING_H
#define OKRUG_TESTS_SUPPORT_DRAWING_TESTING_H

#include <math.h>
#include <stdlib.h>

#include "drawing/figures.h"
#include "testing.h"

static const char *const drawing_legend[] = {NULL, "surely above 1", "surely below 1", "not sure", NULL};
static const okrug_row drawing_rows[] = {
    {"Обрабатывающие производства и всё, что к ним относится по классификатору", "1,63 (1,62–1,64)", 1.63, 1.62, 1.64,
     OKRUG_TONE_ABOVE},
    {"A < B & \"C\"", "0,26", 0.26, 0.25, 0.27, OKRUG_TONE_BELOW},
    {"Строительство", "1,00", 1.0, 0.9, 1.1, OKRUG_TONE_AROUND},
    {"none", "–", NAN, NAN, NAN, OKRUG_TONE_PLAIN},
};

static inline okrug_rows_chart drawing_rows_chart(okrug_rows_kind kind) {
    return (okrug_rows_chart){.row = drawing_rows,
                              .rows = 4,
                              .kind = kind,
                              .logarithmic = kind == OKRUG_ROWS_DOTS,
                              .reference = 1.0,
                              .axis = "LQ",
                              .legend = drawing_legend,
                              .numerals = {",", "\xC2\xA0"}};
}

static const char *const drawing_years[] = {"2018", "2019", "2021"};
static const double drawing_at[] = {2018, 2019, 2021};
static const double drawing_first[] = {1.0, 2.0, 4.0};
static const double drawing_second[] = {1.1, NAN, 4.01};
static const okrug_series drawing_series[] = {{"one", drawing_first}, {"another", drawing_second}};
static const okrug_lines_chart drawing_lines = {.position = drawing_years,
                                                .at = drawing_at,
                                                .positions = 3,
                                                .series = drawing_series,
                                                .count = 2,
                                                .axis = "value",
                                                .numerals = {".", ","}};

static const int64_t drawing_ring[] = {0, 4};
static const double drawing_left[] = {35.0, 54.0, 36.0, 54.0, 36.0, 55.0, 35.0, 55.0};
static const double drawing_right[] = {36.0, 54.0, 37.0, 54.0, 37.0, 55.0, 36.0, 55.0};
static const okrug_area drawing_areas[] = {
    {.name = "Left", .letter = "C", .shape = {.rings = 1, .start = drawing_ring, .xy = drawing_left}, .kind = 0},
    {.name = "Right", .shape = {.rings = 1, .start = drawing_ring, .xy = drawing_right}, .kind = 1, .unsure = true},
    {.name = "Symbol", .letter = "A", .centre = {36.0, 53.5}, .kind = 1},
    {.name = "Missing", .centre = {36.1, 53.5}, .kind = -1},
};
static const okrug_area_class drawing_kinds[] = {{0xEE8866, "C", "Manufacturing"}, {0x77AADD, NULL, "Farming"}};
static const okrug_map drawing_map = {.area = drawing_areas,
                                      .areas = 4,
                                      .kind = drawing_kinds,
                                      .kinds = 2,
                                      .missing = "no value",
                                      .unsure = "not sure",
                                      .km = "km",
                                      .numerals = {".", ","}};

/* Two suppliers, a maker, one that sells against the chain, one without links; a link over two columns. */
static const okrug_network_box drawing_boxes[] = {{"1. Forest", "supplier", 0},
                                                  {"2. ООО «Пилорама и ещё многое другое»", "supplier", 0},
                                                  {"3. Furniture <&>", "maker", 1},
                                                  {"4. Alone", NULL, -1}};
static const okrug_network_link drawing_links[] = {
    {0, 1, 10.0, "16.10"}, {1, 2, 20.0, NULL}, {0, 2, 2.0, NULL}, {2, 0, 0.5, NULL}};
static const char *const drawing_roles[] = {"supplier", "maker"};
static const okrug_network_box drawing_services[] = {{"College", "college", -1}};
static const okrug_network drawing_network = {.box = drawing_boxes,
                                              .boxes = 4,
                                              .link = drawing_links,
                                              .links = 4,
                                              .kind = drawing_roles,
                                              .kinds = 2,
                                              .above = "Organisation",
                                              .below = "Infrastructure",
                                              .service = drawing_services,
                                              .services = 1,
                                              .amounts = "million roubles",
                                              .numerals = {",", " "}};

/* Three panels in two columns: the last stands alone in its line. */
static inline okrug_panels drawing_panels(okrug_panel_chart panel[3]) {
    for (int i = 0; i < 3; i++) {
        panel[i] =
            (okrug_panel_chart){i == 1 ? "A title of a panel that needs more than one line of its column" : "Panel",
                                drawing_rows_chart(i == 1 ? OKRUG_ROWS_BARS : OKRUG_ROWS_DOTS)};
    }
    return (okrug_panels){.panel = panel, .count = 3, .columns = 2};
}

enum { DRAWING_FIGURES = 6 };

static inline double drawing_height(const okrug_fonts *fonts, int figure, double width) {
    okrug_rows_chart chart = drawing_rows_chart(figure == 0 ? OKRUG_ROWS_DOTS : OKRUG_ROWS_BARS);
    okrug_panel_chart panel[3];
    okrug_panels panels = drawing_panels(panel);
    return figure < 2    ? okrug_rows_height(fonts, &chart, width)
           : figure == 2 ? okrug_lines_height(fonts, &drawing_lines, width)
           : figure == 4 ? okrug_network_height(fonts, &drawing_network, width)
           : figure == 5 ? okrug_panels_height(fonts, &panels, width)
                         : okrug_map_height(fonts, &drawing_map, width);
}

static inline okrug_status drawing_draw(okrug_ctx *ctx, okrug_canvas *canvas, int figure, double width) {
    okrug_rows_chart chart = drawing_rows_chart(figure == 0 ? OKRUG_ROWS_DOTS : OKRUG_ROWS_BARS);
    okrug_panel_chart panel[3];
    okrug_panels panels = drawing_panels(panel);
    return figure < 2    ? okrug_rows_draw(ctx, canvas, &chart, 0.0, 0.0, width)
           : figure == 2 ? okrug_lines_draw(ctx, canvas, &drawing_lines, 0.0, 0.0, width)
           : figure == 4 ? okrug_network_draw(ctx, canvas, &drawing_network, 0.0, 0.0, width)
           : figure == 5 ? okrug_panels_draw(ctx, canvas, &panels, 0.0, 0.0, width)
                         : okrug_map_draw(ctx, canvas, &drawing_map, 0.0, 0.0, width);
}

#endif
