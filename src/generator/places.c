/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The municipalities of Kaluga oblast with their codes, centres and populations of 2024 (as in examples/kaluga, see
 * SOURCE.md there), and invented ones for all other regions.
 */
#include "generator/places.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *code, *district, *kind, *name;
    double lat, lon;
    int population;
} kaluga[] = {
    {"29602000", "Бабынинский", "п", "Бабынино", 54.3911, 35.7400, 20665},
    {"29604000", "Барятинский", "с", "Барятино", 54.3103, 34.5191, 5446},
    {"29606000", "Боровский", "г", "Боровск", 55.2050, 36.4849, 82139},
    {"29608000", "Дзержинский", "г", "Кондрово", 54.8069, 35.9301, 56426},
    {"29610000", "Думиничский", "п", "Думиничи", 53.9334, 35.1055, 13284},
    {"29612000", "Жиздринский", "г", "Жиздра", 53.7485, 34.7354, 9807},
    {"29613000", "Жуковский", "г", "Жуков", 55.0338, 36.7489, 60240},
    {"29614000", "Кировский", "г", "Киров", 54.0743, 34.3026, 37540},
    {"29615000", "Износковский", "с", "Износки", 54.9911, 35.3064, 6363},
    {"29616000", "Козельский", "г", "Козельск", 54.0383, 35.7829, 38129},
    {"29618000", "Куйбышевский", "п", "Бетлица", 54.0141, 33.9447, 7291},
    {"29620000", "Людиновский", "г", "Людиново", 53.8455, 34.4315, 38134},
    {"29623000", "Малоярославецкий", "г", "Малоярославец", 55.0122, 36.4590, 69194},
    {"29625000", "Медынский", "г", "Медынь", 54.9690, 35.8570, 12187},
    {"29627000", "Мещовский", "г", "Мещовск", 54.3207, 35.2796, 11280},
    {"29629000", "Мосальский", "г", "Мосальск", 54.4873, 34.9790, 9032},
    {"29632000", "Перемышльский", "с", "Перемышль", 54.2607, 36.1647, 14402},
    {"29634000", "Спас-Деменский", "г", "Спас-Деменск", 54.4126, 34.0310, 7334},
    {"29636000", "Сухиничский", "г", "Сухиничи", 54.0970, 35.3533, 22227},
    {"29638000", "Тарусский", "г", "Таруса", 54.7294, 37.1816, 16375},
    {"29642000", "Ульяновский", "с", "Ульяново", 53.7237, 35.5298, 6942},
    {"29644000", "Ферзиковский", "п", "Ферзиково", 54.5157, 36.7603, 18112},
    {"29646000", "Хвастовичский", "с", "Хвастовичи", 53.4659, 35.0893, 9685},
    {"29650000", "Юхновский", "г", "Юхнов", 54.7416, 35.2264, 12596},
    {"29701000", "Калуга", "г", "Калуга", 54.5101, 36.2598, 351103},
    {"29715000", "Обнинск", "г", "Обнинск", 55.0952, 36.6119, 132477},
};

enum { KALUGA = sizeof kaluga / sizeof kaluga[0], INVENTED = 16 };

static void add_kaluga(generator_places *places) {
    /* Which chain gathers where is made up. */
    static const char *const homes[CHAINS] = {
        [CHAIN_WOOD] = "29612000",    [CHAIN_FOOD] = "29602000",    [CHAIN_METAL] = "29620000",
        [CHAIN_CAR] = "29701000",     [CHAIN_PHARMA] = "29715000",  [CHAIN_ELECTRONICS] = "29613000",
        [CHAIN_TEXTILE] = "29638000", [CHAIN_BUILDING] = "29608000"};
    places->count = KALUGA;
    places->located = true;
    places->region_kind = "область";
    places->region_name = "КАЛУЖСКАЯ";
    for (int i = 0; i < KALUGA; i++) {
        generator_place *place = &places->place[i];
        snprintf(place->code, sizeof place->code, "%s", kaluga[i].code);
        bool city = strncmp(kaluga[i].code, "297", 3) == 0;
        snprintf(place->district, sizeof place->district, "%s", city ? "" : kaluga[i].district);
        snprintf(place->kind, sizeof place->kind, "%s", kaluga[i].kind);
        snprintf(place->name, sizeof place->name, "%s", kaluga[i].name);
        place->lat = kaluga[i].lat;
        place->lon = kaluga[i].lon;
        place->population = kaluga[i].population;
        for (int c = 1; c < CHAINS; c++) {
            if (strcmp(homes[c], place->code) == 0) {
                places->home[c] = i;
            }
        }
    }
}

/* Codes that begin with 00 are no municipality's. */
static void add_invented(const char *region, generator_places *places) {
    static const char *const first[] = {"Бело", "Черно", "Ново", "Старо"};
    static const char *const second[] = {"вежск", "дольск", "лучинск", "мшарск"};
    places->count = INVENTED;
    places->located = false;
    places->region_kind = "регион";
    places->region_name = "ПРИМЕРНЫЙ";
    for (int i = 0; i < INVENTED; i++) {
        generator_place *place = &places->place[i];
        snprintf(place->code, sizeof place->code, "00%.2s%02d00", region, (i + 1) % 100);
        snprintf(place->kind, sizeof place->kind, "г");
        snprintf(place->name, sizeof place->name, "%s%s", first[i / 4], second[i % 4]);
        if (i > 0) {
            memcpy(place->district, place->name, sizeof place->district);
        }
        place->population = 400000 / (i + 1);
    }
    for (int c = 1; c < CHAINS; c++) {
        places->home[c] = c;
    }
}

void generator_places_of(const char *region, generator_places *places) {
    memset(places, 0, sizeof *places);
    if (strcmp(region, "40") == 0) {
        add_kaluga(places);
    } else {
        add_invented(region, places);
    }
}
