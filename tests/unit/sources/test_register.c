/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Registers of firms: shapes, namespaces, encodings, codes that do not check, and XML that means harm.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include "sources/register.h"
#include "testing.h"

typedef struct {
    okrug_ctx *ctx;
    okrug_status status;
    okrug_register_state state;
    int64_t rows;
    int batches;
    okrug_buffer text; /* the rows, cells with | after them */
} result;

static okrug_status take(void *user, const okrug_table *batch, const okrug_register_state *state) {
    result *r = user;
    (void)state;
    r->rows += batch->rows;
    r->batches++;
    for (int64_t row = 0; row < batch->rows && r->rows < 100; row++) {
        for (int c = 0; c < batch->columns; c++) {
            const okrug_column *column = &batch->column[c];
            if (okrug_reason_at(column, row) == OKRUG_PRESENT && column->type == OKRUG_NUMBER) {
                okrug_buffer_add_number(&r->text, column->number[row]);
            } else if (okrug_reason_at(column, row) == OKRUG_PRESENT) {
                okrug_buffer_add_text(&r->text, okrug_text_at(column, row));
            }
            okrug_buffer_add_text(&r->text, "|");
        }
        okrug_buffer_add_text(&r->text, "\n");
    }
    return OKRUG_OK;
}

static result read_request(const okrug_register_request *request) {
    result r = {.ctx = okrug_ctx_new(NULL)};
    assert_non_null(r.ctx);
    r.status = okrug_register_read(r.ctx, request, take, &r, &r.state);
    return r;
}

static result read_xml(okrug_register_shape shape, const char *xml) {
    return read_request(
        &(okrug_register_request){.path = "in.xml", .bytes = xml, .length = strlen(xml), .shape = shape});
}

static void done(result *r) {
    okrug_buffer_free(&r->text);
    okrug_ctx_free(r->ctx);
}

static const char *shown(const result *r) {
    return r->text.bytes == NULL ? "" : r->text.bytes;
}

static const okrug_message *message(const result *r, const char *code) {
    for (int64_t i = 0; i < okrug_messages(r->ctx); i++) {
        if (strcmp(okrug_message_at(r->ctx, i)->code, code) == 0) {
            return okrug_message_at(r->ctx, i);
        }
    }
    return NULL;
}

static const char *argument(const okrug_message *m, const char *name) {
    for (int i = 0; m != NULL && i < m->arguments; i++) {
        if (strcmp(m->name[i], name) == 0) {
            return m->value[i];
        }
    }
    return "";
}

#define FIRM(inn, ogrn)                                                                                                                                                             \
    "<Документ ИдДок='1' ДатаВклМСП='01.08.2016' КатСубМСП='2' ССЧР='17'><ОргВклМСП НаимОрг='ОБЩЕСТВО &quot;А&quot;' " \
    "ИННЮЛ='" inn "' ОГРН='" ogrn "'/><СведМН КодРегион='40'><Регион Тип='ОБЛАСТЬ' Наим='КАЛУЖСКАЯ'/><Город "                      \
    "Тип='ГОРОД' Наим='КАЛУГА'/></СведМН><СвОКВЭД><СвОКВЭДОсн КодОКВЭД='31.09'/><СвОКВЭДДоп "                            \
    "КодОКВЭД='16.10'/><СвОКВЭДДоп КодОКВЭД='16.23'/></СвОКВЭД></Документ>"

static void test_sme(void **state) {
    (void)state;
    result r = read_xml(
        OKRUG_REGISTER_SME,
        "<?xml version='1.0'?><Файл ИдФайл='SYNTHETIC-1'>" FIRM(
            "7707083893",
            "1027700132195") "<Документ ДатаВклМСП='10.01.2020' КатСубМСП='1'><ИПВклМСП ИННФЛ='500100732259' "
                             "ОГРНИП='304500116000157'><ФИОИП Фамилия='А' Имя='Б'/></ИПВклМСП></Документ></Файл>");
    assert_int_equal(r.status, OKRUG_OK);
    assert_string_equal(shown(&r),
                        "7707083893|ОБЩЕСТВО \"А\"|7707083893|1027700132195|small|40|31.09|16.10 16.23|КАЛУГА|ОБЛАСТЬ "
                        "КАЛУЖСКАЯ, ГОРОД КАЛУГА|settlement|17|yes|no||2016-08-01|\n"
                        "500100732259|ИП А Б|500100732259|304500116000157|micro||||||||yes|yes||2020-01-10|\n");
    assert_int_equal(r.state.persons, 1);
    assert_int_equal(r.state.synthetic, 2);
    done(&r);
}

/* Founders are firms and persons too: theirs is not the firm's. */
static void test_egrul(void **state) {
    (void)state;
    result r = read_xml(
        OKRUG_REGISTER_EGRUL,
        "<EGRUL><СвЮЛ ОГРН='1027700132195' ДатаОГРН='2002-08-16' ИНН='7707083893' КПП='773601001' ПолнНаимОПФ='АО'>"
        "<СвУчредит><УчрЮЛРос><НаимИННЮЛ ОГРН='1' ИНН='2' НаимЮЛПолн='X'/></УчрЮЛРос></СвУчредит>"
        "<СвНаимЮЛ НаимЮЛПолн='ПОЛНОЕ'><СвНаимЮЛСокр НаимСокр='АО А'/></СвНаимЮЛ>"
        "<СвАдресЮЛ><СвАдрЮЛФИАС><Регион>40</Регион><НаимРегион>КАЛ&#x423;ЖСКАЯ</НаимРегион>"
        "<НаселенПункт Вид='Г.' Наим='КАЛУГА'/></СвАдрЮЛФИАС></СвАдресЮЛ><СвУстКап СумКап='10000.50'/>"
        "<СвОКВЭД><СвОКВЭДОсн КодОКВЭД='64.19'/></СвОКВЭД></СвЮЛ>"
        "<СвЮЛ ОГРН='1027700132195'><СвАдресЮЛ><АдресРФ КодРегион='77' Дом='1'><Регион ТипРегион='Г' "
        "НаимРегион='М'/><Улица ТипУлица='УЛ' НаимУлица='Н'/></АдресРФ></СвАдресЮЛ></СвЮЛ></EGRUL>");
    assert_int_equal(r.status, OKRUG_OK);
    assert_string_equal(shown(&r),
                        "7707083893|АО А|7707083893|1027700132195|773601001|АО|40|64.19||КАЛУГА|КАЛУЖСКАЯ, Г. "
                        "КАЛУГА|settlement|2002-08-16||no|no|10000.5|\n"
                        "1027700132195|1027700132195||1027700132195|||77|||М|Г М, УЛ Н, 1|address|||no|no||\n");
    done(&r);
}

static void test_namespaces(void **state) {
    (void)state;
    result r = read_xml(OKRUG_REGISTER_SME, "<n:Файл xmlns:n='urn:x'><n:Документ ДатаВклМСП='01.08.2016'><n:ОргВклМСП "
                                            "ИННЮЛ='7707083893' НаимОрг='А'/></n:Документ></n:Файл>");
    assert_int_equal(r.rows, 1);
    assert_memory_equal(shown(&r), "7707083893|А|", strlen("7707083893|А|"));
    done(&r);
}

static void test_windows_1251(void **state) {
    (void)state;
    /* <EGRUL><СвЮЛ ОГРН= ИНН=><СвНаимЮЛ НаимЮЛПолн="ЁЖ"/></СвЮЛ></EGRUL> */
    result r = read_xml(OKRUG_REGISTER_EGRUL,
                        "<?xml version='1.0' encoding='windows-1251'?><EGRUL><\xD1\xE2\xDE\xCB "
                        "\xCE\xC3\xD0\xCD='1027700132195' \xC8\xCD\xCD='7707083893'><\xD1\xE2\xCD\xE0\xE8\xEC\xDE\xCB "
                        "\xCD\xE0\xE8\xEC\xDE\xCB\xCF\xEE\xEB\xED='\xA8\xC6'/></\xD1\xE2\xDE\xCB></EGRUL>");
    assert_int_equal(r.status, OKRUG_OK);
    assert_memory_equal(shown(&r), "7707083893|ЁЖ|", strlen("7707083893|ЁЖ|"));
    done(&r);
}

static void test_codes(void **state) {
    (void)state;
    result r = read_xml(OKRUG_REGISTER_SME, "<Файл>" FIRM("7707083894", "1027700132195") FIRM("7707083894", "1")
                                                FIRM("7707083893", "1") "</Файл>");
    assert_int_equal(r.status, OKRUG_OK);
    assert_int_equal(r.state.read, 3);
    assert_int_equal(r.state.kept, 2);
    assert_int_equal(r.state.without_code, 1);
    assert_int_equal(r.state.bad_codes, 4);
    assert_memory_equal(shown(&r), "1027700132195|", strlen("1027700132195|"));
    done(&r);
}

static void test_where(void **state) {
    (void)state;
    const char *xml = "<Файл>" FIRM("7707083893", "1027700132195") "</Файл>";
    const struct {
        const char *column, *text;
        int64_t rows;
    } tests[] = {{"region", "40", 1},   {"КодРегион", "4", 0}, {"category", "small", 1},
                 {"КатСубМСП", "2", 1}, {"category", "2", 0},  {"products", "", 1}};
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) {
        const okrug_where where = {tests[i].column, tests[i].text, false};
        result r = read_request(&(okrug_register_request){.path = "in.xml",
                                                          .bytes = xml,
                                                          .length = strlen(xml),
                                                          .shape = OKRUG_REGISTER_SME,
                                                          .where = &where,
                                                          .where_count = 1});
        assert_int_equal(r.rows, tests[i].rows);
        done(&r);
    }
    const okrug_where where = {"kpp", "1", false}; /* this register has none */
    result r = read_request(&(okrug_register_request){.path = "in.xml",
                                                      .bytes = xml,
                                                      .length = strlen(xml),
                                                      .shape = OKRUG_REGISTER_SME,
                                                      .where = &where,
                                                      .where_count = 1});
    assert_int_equal(r.status, OKRUG_BAD_INPUT);
    assert_non_null(message(&r, "no-column"));
    done(&r);
}

static void refuse(const char *xml, const char *reason) {
    result r = read_xml(OKRUG_REGISTER_SME, xml);
    assert_int_equal(r.status, OKRUG_OK); /* a damaged file is passed over */
    assert_int_equal(r.rows, 0);
    assert_int_equal(r.state.damaged, 1);
    assert_string_equal(argument(message(&r, "register-file-damaged"), "expected"), reason);
    done(&r);
}

static void test_harm(void **state) {
    (void)state;
    refuse("<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><Файл>&b;</Файл>",
           "xml-document-type");
    refuse("<Файл>" FIRM("7707083893", "1027700132195"), "xml-malformed");
    refuse("", "xml-malformed");
    okrug_buffer deep = {0};
    for (int i = 0; i < 100; i++) {
        okrug_buffer_add_text(&deep, "<a>");
    }
    refuse(deep.bytes, "xml-too-deep");
    okrug_buffer_free(&deep);
    okrug_buffer wide = {0};
    okrug_buffer_add_text(&wide, "<Файл><Документ ДатаВклМСП='");
    for (int i = 0; i < 300000; i++) {
        okrug_buffer_add_text(&wide, "aaaaaaaaaa");
    }
    refuse(wide.bytes, "xml-tag-too-long");
    okrug_buffer_free(&wide);
}

/* ---- Archives ---- */

static void add(zip_t *zip, const char *name, const void *bytes, size_t length) {
    zip_source_t *source = zip_source_buffer(zip, bytes, length, 0);
    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

/* Who sent a file stands before its records, as the tax service publishes it. */
static void test_sender_first(void **state) {
    (void)state;
    char path[] = "/tmp/okrug-register-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    static const char text[] = "<Файл ИдФайл='1' КолДок='1'><ИдОтпр><ФИООтв Фамилия='А' Имя='Б'/></ИдОтпр>" FIRM(
        "7707083893", "1027700132195") "</Файл>";
    assert_int_equal(write(file, text, sizeof text - 1), sizeof text - 1);
    close(file);
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_register_shape shape = OKRUG_REGISTER_NONE;
    assert_int_equal(okrug_register_find(ctx, path, &shape), OKRUG_OK);
    assert_int_equal(shape, OKRUG_REGISTER_SME);
    okrug_ctx_free(ctx);
    result r = read_request(&(okrug_register_request){.path = path, .shape = shape});
    assert_int_equal(r.rows, 1);
    done(&r);
    unlink(path);
}

static void test_archive(void **state) {
    (void)state;
    char folder[] = "/tmp/okrug-register-XXXXXX";
    char inner[64], path[64];
    static char bytes[65536];
    const char *good = "<Файл>" FIRM("7707083893", "1027700132195") "</Файл>";
    const char *broken = "<Файл>" FIRM("7736050003", "1027700070518");
    assert_non_null(mkdtemp(folder));
    snprintf(inner, sizeof inner, "%s/inner.zip", folder);
    snprintf(path, sizeof path, "%s/register.zip", folder);
    zip_t *zip = zip_open(inner, ZIP_CREATE, NULL);
    add(zip, "b.XML", good, strlen(good));
    assert_int_equal(zip_close(zip), 0);
    FILE *file = fopen(inner, "rb");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    zip = zip_open(path, ZIP_CREATE, NULL);
    add(zip, "readme.txt", "x", 1);
    add(zip, "a.xml", broken, strlen(broken));
    add(zip, "inner.zip", bytes, length);
    add(zip, "none.zip", "x", 1);
    assert_int_equal(zip_close(zip), 0);

    okrug_register_shape shape = OKRUG_REGISTER_NONE;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    assert_int_equal(okrug_register_find(ctx, path, &shape), OKRUG_OK);
    assert_int_equal(shape, OKRUG_REGISTER_SME);
    okrug_ctx_free(ctx);
    okrug_register_request request = {.path = path, .shape = shape};
    result all = read_request(&request);
    assert_int_equal(all.status, OKRUG_OK);
    assert_int_equal(all.rows, 1);
    assert_int_equal(all.state.members, 3);
    assert_int_equal(all.state.damaged, 2);
    assert_string_equal(argument(message(&all, "register-file-damaged"), "name"), "a.xml");
    /* From a state on, only the rest comes. */
    request.from = (okrug_register_state){.members = 2, .read = 7};
    result rest = read_request(&request);
    assert_int_equal(rest.rows, 0);
    assert_int_equal(rest.state.members, 3);
    request.from = (okrug_register_state){.members = 1, .records = 1, .read = 1, .kept = 1};
    result none = read_request(&request);
    assert_int_equal(none.rows, 0);
    assert_int_equal(none.state.read, 1);
    done(&all);
    done(&rest);
    done(&none);
    unlink(inner);
    unlink(path);
    rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sme),          cmocka_unit_test(test_egrul),        cmocka_unit_test(test_namespaces),
        cmocka_unit_test(test_windows_1251), cmocka_unit_test(test_codes),        cmocka_unit_test(test_where),
        cmocka_unit_test(test_harm),         cmocka_unit_test(test_sender_first), cmocka_unit_test(test_archive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
