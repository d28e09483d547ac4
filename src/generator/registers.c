/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The firms in the shapes of the official registers. That they are made up is said where each shape has room for it:
 * the identifiers of files and documents begin with SYNTHETIC.
 */
#include <string.h>

#include "generator/tables.h"
#include "generator/zip.h"

enum { IN_A_MEMBER = 1000 };

typedef struct {
    const generator_world *world;
    bool sme;
} register_shape;

static void add_attribute(okrug_buffer *out, const char *name, const char *value) {
    okrug_buffer_add_text(out, " ");
    okrug_buffer_add_text(out, name);
    okrug_buffer_add_text(out, "=\"");
    for (const char *at = value; *at != '\0'; at++) {
        switch (*at) {
        case '"':
            okrug_buffer_add_text(out, "&quot;");
            break;
        case '&':
            okrug_buffer_add_text(out, "&amp;");
            break;
        case '<':
            okrug_buffer_add_text(out, "&lt;");
            break;
        default:
            okrug_buffer_add(out, at, 1);
        }
    }
    okrug_buffer_add_text(out, "\"");
}

static void add_upper(okrug_buffer *out, const char *name, const char *value) {
    char upper[GENERATOR_NAME];
    generator_upper(value, upper, sizeof upper);
    add_attribute(out, name, upper);
}

static const char *dotted(const generator_firm *firm, char text[16]) {
    snprintf(text, 16, "%02u.%02u.%04u", (unsigned)firm->day % 100, (unsigned)firm->month % 100,
             (unsigned)firm->year % 10000);
    return text;
}

/* The name as a register has it, `variant` 0 as registered; in capitals, with straight quotes. */
static void full_name(const generator_firm *firm, char text[GENERATOR_NAME]) {
    snprintf(text, GENERATOR_NAME, "%s \"%s\"", generator_forms[firm->form].official, firm->word);
}

static void add_codes(okrug_buffer *out, const generator_firm *firm) {
    okrug_buffer_add_text(out, "<СвОКВЭД>");
    for (int i = -1; i < firm->extras; i++) {
        const generator_activity *activity = &generator_activities[i < 0 ? firm->activity : firm->extra[i]];
        okrug_buffer_add_text(out, i < 0 ? "<СвОКВЭДОсн" : "<СвОКВЭДДоп");
        add_attribute(out, "КодОКВЭД", activity->code);
        add_attribute(out, "НаимОКВЭД", activity->word);
        add_attribute(out, "ВерсОКВЭД", "2014");
        okrug_buffer_add_text(out, "/>");
    }
    okrug_buffer_add_text(out, "</СвОКВЭД>");
}

/* ---- The register of small and medium firms ---------------------------------------------------------------------- */

static void add_sme_place(okrug_buffer *out, const generator_world *world, const generator_firm *firm) {
    const generator_place *place = &world->places.place[firm->place];
    bool village = strcmp(place->kind, "г") != 0;
    okrug_buffer_add_text(out, "<СведМН");
    add_attribute(out, "КодРегион", world->request->region);
    okrug_buffer_add_text(out, "><Регион");
    add_upper(out, "Тип", world->places.region_kind);
    add_attribute(out, "Наим", world->places.region_name);
    okrug_buffer_add_text(out, "/>");
    if (place->district[0] != '\0') {
        okrug_buffer_add_text(out, "<Район");
        add_attribute(out, "Тип", "РАЙОН");
        add_upper(out, "Наим", place->district);
        okrug_buffer_add_text(out, "/>");
    }
    okrug_buffer_add_text(out, village ? "<НаселПункт" : "<Город");
    add_upper(out, "Тип", strcmp(place->kind, "г") == 0 ? "город" : strcmp(place->kind, "п") == 0 ? "поселок" : "село");
    add_upper(out, "Наим", place->name);
    okrug_buffer_add_text(out, "/></СведМН>");
}

static void add_sme_subject(okrug_buffer *out, const generator_firm *firm, int variant) {
    char text[GENERATOR_NAME];
    if (firm->form == FORM_PERSON) {
        okrug_buffer_add_text(out, "<ИПВклМСП");
        add_attribute(out, "ИННФЛ", firm->inn);
        add_attribute(out, "ОГРНИП", firm->ogrn);
        okrug_buffer_add_text(out, "><ФИОИП");
        add_upper(out, "Фамилия", firm->person[0]);
        add_upper(out, "Имя", firm->person[1]);
        add_upper(out, "Отчество", firm->person[2]);
        okrug_buffer_add_text(out, "/></ИПВклМСП>");
        return;
    }
    okrug_buffer_add_text(out, "<ОргВклМСП");
    full_name(firm, text);
    add_upper(out, "НаимОрг", text);
    generator_name(firm, variant, text);
    add_upper(out, "НаимОргСокр", text);
    add_attribute(out, "ИННЮЛ", firm->inn);
    add_attribute(out, "ОГРН", firm->ogrn);
    okrug_buffer_add_text(out, "/>");
}

static void add_sme(okrug_buffer *out, const generator_world *world, const generator_firm *firm, int variant) {
    const generator_activity *activity = &generator_activities[firm->activity];
    const char *category = strcmp(firm->category, "micro") == 0   ? "1"
                           : strcmp(firm->category, "small") == 0 ? "2"
                                                                  : "3";
    char text[16];
    okrug_buffer_add_format(out, "<Документ ИдДок=\"SYNTHETIC-%s\" ДатаСост=\"10.01.2026\"", firm->inn);
    add_attribute(out, "ДатаВклМСП", firm->year < 2016 ? "01.08.2016" : dotted(firm, text));
    add_attribute(out, "ВидСубМСП", firm->form == FORM_PERSON ? "2" : "1");
    add_attribute(out, "КатСубМСП", category);
    okrug_buffer_add_format(out, " ПризНовМСП=\"%d\" ССЧР=\"%d\">", firm->year >= 2023 ? 1 : 2, firm->employees);
    add_sme_subject(out, firm, variant);
    add_sme_place(out, world, firm);
    add_codes(out, firm);
    if (firm->employees > 30 && firm->number % 3 == 0) {
        generator_item product = generator_item_at(activity->products, 0);
        okrug_buffer_add_format(out, "<СвПрод КодПрод=\"%.*s\" НаимПрод=\"%.*s\" ПрОтнПрод=\"2\"/>", product.key_length,
                                product.key, product.name_length, product.name);
    }
    okrug_buffer_add_text(out, "</Документ>\n");
}

/* ---- The register of legal persons ------------------------------------------------------------------------------- */

/* Both shapes that addresses have had. */
static void add_egrul_place(okrug_buffer *out, const generator_world *world, const generator_firm *firm) {
    const generator_place *place = &world->places.place[firm->place];
    const char *kind = strcmp(place->kind, "г") == 0 ? "город" : strcmp(place->kind, "п") == 0 ? "поселок" : "село";
    okrug_buffer_add_text(out, "<СвАдресЮЛ>");
    if (firm->number % 2 == 0) {
        bool village = strcmp(place->kind, "г") != 0;
        okrug_buffer_add_text(out, "<АдресРФ");
        add_attribute(out, "КодРегион", world->request->region);
        okrug_buffer_add_format(out, " Дом=\"ДОМ %d\"><Регион", firm->house);
        add_upper(out, "ТипРегион", world->places.region_kind);
        add_attribute(out, "НаимРегион", world->places.region_name);
        okrug_buffer_add_text(out, village ? "/><НаселПункт" : "/><Город");
        add_upper(out, village ? "ТипНаселПункт" : "ТипГород", kind);
        add_upper(out, village ? "НаимНаселПункт" : "НаимГород", place->name);
        okrug_buffer_add_text(out, "/><Улица ТипУлица=\"УЛИЦА\"");
        add_upper(out, "НаимУлица", firm->street);
        okrug_buffer_add_text(out, "/></АдресРФ>");
    } else {
        okrug_buffer_add_format(out, "<СвАдрЮЛФИАС><Регион>%s</Регион><НаимРегион>%s</НаимРегион><НаселенПункт",
                                world->request->region, world->places.region_name);
        add_upper(out, "Вид", kind);
        add_upper(out, "Наим", place->name);
        okrug_buffer_add_text(out, "/><ЭлУлДорСети Тип=\"УЛ.\"");
        add_upper(out, "Наим", firm->street);
        okrug_buffer_add_format(out, "/><Здание Тип=\"Д.\" Номер=\"%d\"/></СвАдрЮЛФИАС>", firm->house);
    }
    okrug_buffer_add_text(out, "</СвАдресЮЛ>");
}

static void add_egrul(okrug_buffer *out, const generator_world *world, const generator_firm *firm, int variant) {
    char text[GENERATOR_NAME];
    okrug_buffer_add_text(out, "<СвЮЛ ДатаВып=\"2026-01-10\"");
    add_attribute(out, "ОГРН", firm->ogrn);
    add_attribute(out, "ДатаОГРН", firm->since);
    add_attribute(out, "ИНН", firm->inn);
    add_attribute(out, "КПП", firm->kpp);
    add_attribute(out, "СпрОПФ", "ОКОПФ");
    add_attribute(out, "КодОПФ", generator_forms[firm->form].code);
    add_attribute(out, "ПолнНаимОПФ", generator_forms[firm->form].full);
    okrug_buffer_add_text(out, "><СвНаимЮЛ");
    full_name(firm, text);
    add_upper(out, "НаимЮЛПолн", text);
    okrug_buffer_add_text(out, "><СвНаимЮЛСокр");
    generator_name(firm, variant, text);
    add_upper(out, "НаимСокр", text);
    okrug_buffer_add_text(out, "/></СвНаимЮЛ>");
    add_egrul_place(out, world, firm);
    okrug_buffer_add_format(out, "<СвУстКап НаимВидКап=\"УСТАВНЫЙ КАПИТАЛ\" СумКап=\"%d\"/>",
                            10000 * (1 + firm->house % 9));
    add_codes(out, firm);
    if (firm->number % 50 == 7) {
        okrug_buffer_add_format(out, "<СвПрекрЮЛ ДатаПрекрЮЛ=\"%s\"/>", "2025-05-05");
    }
    okrug_buffer_add_text(out, "</СвЮЛ>\n");
}

/* ---- Archives ---------------------------------------------------------------------------------------------------- */

/* How many records it added. */
static int add_firm(okrug_buffer *out, const register_shape *shape, const generator_firm *firm, int variant) {
    if (shape->sme && strcmp(firm->category, "large") != 0) {
        add_sme(out, shape->world, firm, variant);
        return 1;
    }
    if (!shape->sme && firm->form != FORM_PERSON) {
        add_egrul(out, shape->world, firm, variant);
        return 1;
    }
    return 0;
}

static void name_member(void *user, int64_t number, char name[96]) {
    const register_shape *shape = user;
    snprintf(name, 96, "SYNTHETIC_%s_%06lld.xml", shape->sme ? "VO_RRMSPSV" : "VO_RUGF", (long long)number);
}

static void make_member(void *user, int64_t number, okrug_buffer *out) {
    const register_shape *shape = user;
    const generator_world *world = shape->world;
    int64_t last =
        (number + 1) * IN_A_MEMBER < world->request->firms ? (number + 1) * IN_A_MEMBER : world->request->firms;
    okrug_buffer records = {0};
    int count = 0;
    for (int64_t i = number * IN_A_MEMBER; i < last; i++) {
        generator_firm firm;
        generator_firm_at(world, i, &firm);
        count += add_firm(&records, shape, &firm, 0);
        if (generator_is_duplicated(world, i)) { /* registered a second time, with codes of its own */
            generator_register_again(world, &firm);
            count += add_firm(&records, shape, &firm, generator_variant(world, i));
        }
    }
    char name[96];
    name_member(user, number, name);
    okrug_buffer_add_format(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s ИдФайл=\"%s\" ВерсФорм=\"4.01\" ТипИнф=\"%s\" "
        "КолДок=\"%d\">\n",
        shape->sme ? "Файл" : "EGRUL", name, shape->sme ? "РЕЕСТРМСП" : "ЕГРЮЛ_ОТКР_СВЕД", count);
    if (shape->sme) { /* who sent it */
        okrug_buffer_add_text(out, "<ИдОтпр><ФИООтв Фамилия=\"SYNTHETIC\" Имя=\"SYNTHETIC\"/></ИдОтпр>\n");
    }
    if (records.length > 0) {
        okrug_buffer_add(out, records.bytes, records.length);
    }
    out->failed = out->failed || records.failed;
    okrug_buffer_add_text(out, shape->sme ? "</Файл>\n" : "</EGRUL>\n");
    okrug_buffer_free(&records);
}

/* The product register: the spelling of its columns is its own. */
static void write_registered(const generator_world *world, const generator_firm *firm, generator_out *out) {
    const generator_activity *activity = &generator_activities[firm->activity];
    if (firm->employees <= 30 || firm->form == FORM_PERSON || strcmp(activity->code, "35") >= 0) {
        return;
    }
    int products = generator_products_of(world, firm);
    for (int i = 0; i < products; i++) {
        generator_item product = generator_item_at(activity->products, i);
        char text[GENERATOR_NAME];
        generator_name(firm, 0, text);
        generator_text(out, text);
        generator_text(out, firm->ogrn);
        generator_text(out, firm->inn);
        snprintf(text, sizeof text, "SYNTHETIC-%lld-%d", (long long)firm->number, i + 1);
        generator_text(out, text);
        generator_text_n(out, product.name, product.name_length);
        generator_text_n(out, product.key, product.key_length);
        generator_text(out, "9403");
        generator_text(out, "ПП РФ 719");
        generator_line_end(out);
    }
}

okrug_status okrug_generate_register(okrug_ctx *ctx, const okrug_generator_request *request, const char *format,
                                     const char *path) {
    generator_world world;
    generator_out out;
    OKRUG_TRY(generator_check(ctx, request));
    generator_world_of(request, &world);
    if (strcmp(format, "gisp") == 0) {
        OKRUG_TRY(generator_out_open(ctx, path, &out));
        generator_header(&out, "Nameoforg,OGRN,INN,Registernumber,Productname,OKPD2,TNVED,Nameofregulations");
        return generator_out_close(&out, generator_each_firm(&world, &out, write_registered));
    }
    register_shape shape = {&world, strcmp(format, "sme") == 0};
    int64_t members = (request->firms + IN_A_MEMBER - 1) / IN_A_MEMBER;
    return generator_zip_write(ctx, path, members, name_member, make_member, &shape);
}
