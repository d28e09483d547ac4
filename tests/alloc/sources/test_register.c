/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every allocation of reading a register fails in turn: it says so and leaks nothing.
 */
#include "failing_allocator.h"
#include "sources/register.h"
#include "testing.h"

static okrug_status take(void *user, const okrug_table *batch, const okrug_register_state *state) {
    (void)state;
    *(int64_t *)user += batch->rows;
    return OKRUG_OK;
}

static okrug_status read_once(void *user) {
    const char *xml = user;
    okrug_ctx *ctx = okrug_ctx_new(NULL);
    okrug_register_state state;
    int64_t rows = 0;
    okrug_status status = OKRUG_NO_MEMORY;
    if (ctx != NULL) {
        status =
            okrug_register_read(ctx,
                                &(okrug_register_request){
                                    .path = "in.xml", .bytes = xml, .length = strlen(xml), .shape = OKRUG_REGISTER_SME},
                                take, &rows, &state);
        assert_int_equal(rows, status == OKRUG_OK ? 2 : 0);
    }
    okrug_ctx_free(ctx);
    return status;
}

static void test_register(void **state) {
    (void)state;
    static char xml[] = "<Файл><Документ ДатаВклМСП='01.08.2016' ССЧР='5'><ОргВклМСП НаимОрг='А' ИННЮЛ='7707083893'/>"
                        "<СведМН КодРегион='40'><Город Тип='Г' Наим='К'/></СведМН></Документ><Документ "
                        "ДатаВклМСП='01.08.2016'><ИПВклМСП ИННФЛ='500100732259'><ФИОИП Фамилия='А'/></ИПВклМСП>"
                        "</Документ></Файл>";
    assert_true(failing_allocator_walk(read_once, xml) >= 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_register)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
