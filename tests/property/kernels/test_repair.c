/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cheapest repair of small random groups, by the mixed programme and by trying everything; and what more evidence
 * may not do to a verdict.
 */
#include <okrug/repair.h>

#include "groups.h"

enum {
    MEMBERS = 5,
    CANDIDATES = 3,
    ALL = MEMBERS + CANDIDATES,
    FACILITIES = 2,
    DEALS = 4,
    PURCHASES = 3,
    CRITERIA = 8
};
enum { CHOICES = CANDIDATES + FACILITIES + DEALS, INSTANCES = 500 };
enum { S_SHARE, S_LEVEL, S_PARTICIPANTS, S_WITHOUT, S_SPECIAL, S_FACILITIES, S_REGIONS, S_IDLE, S_JOBS, SLOTS };

static uint32_t drawn;

/* Whole numbers below `most`. */
static int draw(uint64_t instance, int most) {
    double u[2];
    okrug_random_uniform((okrug_random_key){.seed = 5, .unit = instance, .draw = drawn++}, u);
    return (int)(u[0] * most);
}

static const okrug_rule rules[] = {
    {0, S_SHARE, OKRUG_MEASURE_PARTICIPANT_SHARE, OKRUG_AT_LEAST, .12, -1, 0, 0, 0.0},
    {1, S_LEVEL, OKRUG_MEASURE_GENERAL_DEPENDENCE, OKRUG_AT_LEAST, .3, S_SPECIAL, OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE,
     OKRUG_BELOW, .4},
    {1, S_LEVEL, OKRUG_MEASURE_GENERAL_DEPENDENCE, OKRUG_AT_LEAST, .2, S_SPECIAL, OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE,
     OKRUG_AT_LEAST, .4},
    {2, S_PARTICIPANTS, OKRUG_MEASURE_PARTICIPANTS, OKRUG_AT_LEAST, 6.0, -1, 0, 0, 0.0},
    {3, S_WITHOUT, OKRUG_MEASURE_WITHOUT_CONTRACT, OKRUG_AT_MOST, 1.0, -1, 0, 0, 0.0},
    {4, S_FACILITIES, OKRUG_MEASURE_FACILITIES, OKRUG_AT_LEAST, 1.0, -1, 0, 0, 0.0},
    {5, S_REGIONS, OKRUG_MEASURE_REGIONS, OKRUG_ABOVE, 1.0, -1, 0, 0, 0.0},
    {5, S_REGIONS, OKRUG_MEASURE_REGIONS, OKRUG_BELOW, 3.0, -1, 0, 0, 0.0},
    {6, S_IDLE, OKRUG_MEASURE_NON_PRODUCING, OKRUG_AT_MOST, 1.0, -1, 0, 0, 0.0},
    {7, S_JOBS, OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE, OKRUG_AT_LEAST, .4, -1, 0, 0, 0.0},
};
static const okrug_measure measure_of[SLOTS] = {
    OKRUG_MEASURE_PARTICIPANT_SHARE, OKRUG_MEASURE_GENERAL_DEPENDENCE,      OKRUG_MEASURE_PARTICIPANTS,
    OKRUG_MEASURE_WITHOUT_CONTRACT,  OKRUG_MEASURE_SPECIAL_TERRITORY_SHARE, OKRUG_MEASURE_FACILITIES,
    OKRUG_MEASURE_REGIONS,           OKRUG_MEASURE_NON_PRODUCING,           OKRUG_MEASURE_PRODUCTIVE_WORKPLACES_SHARE};

typedef struct {
    testing_group all;
    double member_cost[CANDIDATES], facility_cost[FACILITIES], fixed[DEALS], rate[DEALS], most[DEALS],
        purchase[PURCHASES], part[PURCHASES];
    uint8_t in[SLOTS * FACILITIES], whole[DEALS];
    int32_t supplier[DEALS], buyer[DEALS], of[DEALS], part_of[PURCHASES], part_from[PURCHASES];
    okrug_span span[SLOTS];
    okrug_repair_problem problem;
} instance;

static void make(uint64_t k, instance *x) {
    memset(x, 0, sizeof *x);
    drawn = 0;
    testing_group_begin(&x->all, ALL);
    for (int i = 0; i < ALL; i++) {
        x->all.revenue[i] = 50 + draw(k, 100);
        x->all.special[i] = draw(k, 2) ? OKRUG_YES : OKRUG_NO;
        x->all.region[i] = i < MEMBERS ? 0 : draw(k, 2);
        x->all.producing[i] = draw(k, 5) == 0 ? OKRUG_NO : OKRUG_YES;
        x->all.productive[i] = 2 + draw(k, 5);
        if (k % 3 == 0) { /* some is not known, of candidates above all */
            int gone = draw(k, i < MEMBERS ? 40 : 6);
            x->all.workplaces[i] = gone == 0 ? (double)NAN : 10.0;
            x->all.productive[i] = gone <= 1 ? (double)NAN : x->all.productive[i];
            x->all.special[i] = gone == 2 ? OKRUG_UNKNOWN : x->all.special[i];
            x->all.producing[i] = gone == 3 ? OKRUG_UNKNOWN : x->all.producing[i];
            x->all.region[i] = gone == 4 ? -1 : x->all.region[i];
        }
    }
    for (int c = 0; c < 3 * ALL; c++) {
        int from = draw(k, ALL), to = draw(k, ALL);
        if (from != to) {
            double amount = 5 + draw(k, 30);
            testing_group_contract(&x->all, from, to, amount, amount);
            if (k % 3 == 0 && draw(k, 6) == 0) { /* its day or its amount is not told */
                int64_t last = x->all.group.contracts - 1;
                bool no_day = draw(k, 2);
                x->all.lo[last] = 0.0;
                x->all.hi[last] = no_day ? amount : 0.0;
                x->all.open[last] = !no_day;
                x->all.force[last] = no_day ? OKRUG_UNKNOWN : OKRUG_YES;
            }
        }
    }
    for (int p = 0; p < PURCHASES; p++) {
        x->purchase[p] = 30 + draw(k, 30);
        int32_t from = MEMBERS + draw(k, CANDIDATES), to = (p * 3) % ALL;
        if (from != to && draw(k, 4) != 0) { /* bought from a candidate: within, once that is in */
            x->part_of[x->problem.parts] = p;
            x->part_from[x->problem.parts] = from;
            x->part[x->problem.parts] = x->purchase[p] - draw(k, 15);
            testing_group_contract(&x->all, from, to, x->part[x->problem.parts], x->part[x->problem.parts]);
            x->problem.parts++;
        }
    }
    for (int d = 0; d < DEALS; d++) {
        x->of[d] = draw(k, PURCHASES);
        x->buyer[d] = (x->of[d] * 3) % ALL;
        x->supplier[d] = (x->buyer[d] + 1 + draw(k, ALL - 1)) % ALL;
        x->most[d] = 10 + draw(k, (int)x->purchase[x->of[d]] - 9);
        x->whole[d] = 1;
        x->fixed[d] = 1 + draw(k, 20);
    }
    for (int f = 0; f < FACILITIES; f++) {
        x->facility_cost[f] = 1 + draw(k, 20);
        x->in[S_FACILITIES * FACILITIES + f] = 1;
    }
    for (int c = 0; c < CANDIDATES; c++) {
        x->member_cost[c] = 1 + draw(k, 20);
    }
    x->span[S_FACILITIES] = (okrug_span){0.0, 0.0};
    x->problem = (okrug_repair_problem){.group = &x->all.group,
                                        .members = MEMBERS,
                                        .member_cost = x->member_cost,
                                        .facilities = FACILITIES,
                                        .facility_cost = x->facility_cost,
                                        .facility_in = x->in,
                                        .deals = DEALS,
                                        .supplier = x->supplier,
                                        .buyer = x->buyer,
                                        .purchase_of = x->of,
                                        .most = x->most,
                                        .all = x->whole,
                                        .fixed_cost = x->fixed,
                                        .rate = x->rate,
                                        .least_deal = 1.0,
                                        .purchases = PURCHASES,
                                        .purchase = x->purchase,
                                        .parts = x->problem.parts,
                                        .part_of = x->part_of,
                                        .part_from = x->part_from,
                                        .part = x->part,
                                        .rules = rules,
                                        .rule_count = (int64_t)(sizeof rules / sizeof rules[0]),
                                        .criteria = CRITERIA,
                                        .slots = SLOTS,
                                        .span = x->span};
}

/* What that choice costs; -1: it cannot be, or does not do. */
static double try_choice(okrug_ctx *ctx, const instance *x, unsigned choice, const uint8_t *asked) {
    testing_group t;
    int32_t at[ALL], next = 0;
    double cost = 0.0, bought[PURCHASES] = {0.0};
    testing_group_begin(&t, ALL);
    for (int i = 0; i < ALL; i++) {
        bool in = i < MEMBERS || (choice >> (i - MEMBERS) & 1U);
        at[i] = in ? next : -1;
        if (in) {
            cost += i < MEMBERS ? 0.0 : x->member_cost[i - MEMBERS];
            t.producing[next] = x->all.producing[i];
            t.special[next] = x->all.special[i];
            t.region[next] = x->all.region[i];
            t.workplaces[next] = x->all.workplaces[i];
            t.productive[next] = x->all.productive[i];
            t.revenue[next++] = x->all.revenue[i];
        }
    }
    t.group.participants = next;
    for (int64_t c = 0; c < x->all.group.contracts; c++) {
        if (at[x->all.supplier[c]] >= 0 && at[x->all.buyer[c]] >= 0) {
            testing_group_contract(&t, at[x->all.supplier[c]], at[x->all.buyer[c]], x->all.lo[c], x->all.hi[c]);
            t.open[t.group.contracts - 1] = x->all.open[c];
            t.force[t.group.contracts - 1] = x->all.force[c];
        }
    }
    for (int64_t k = 0; k < x->problem.parts; k++) {
        bought[x->part_of[k]] += at[x->part_from[k]] >= 0 ? x->part[k] : 0.0;
    }
    double facilities = 0.0;
    for (int f = 0; f < FACILITIES; f++) {
        bool in = choice >> (CANDIDATES + f) & 1U;
        facilities += in;
        cost += in ? x->facility_cost[f] : 0.0;
    }
    for (int d = 0; d < DEALS; d++) {
        if (choice >> (CANDIDATES + FACILITIES + d) & 1U) {
            bought[x->of[d]] += x->most[d];
            if (at[x->supplier[d]] < 0 || at[x->buyer[d]] < 0 || bought[x->of[d]] > x->purchase[x->of[d]]) {
                return -1.0;
            }
            testing_group_contract(&t, at[x->supplier[d]], at[x->buyer[d]], x->most[d], x->most[d]);
            t.revenue[at[x->supplier[d]]] += x->most[d];
            cost += x->fixed[d];
        }
    }
    okrug_span span[SLOTS];
    okrug_judgement j[CRITERIA];
    assert_ok(testing_group_measure(ctx, &t));
    for (int s = 0; s < SLOTS; s++) {
        span[s] = s == S_FACILITIES ? (okrug_span){facilities, facilities} : t.span[measure_of[s]];
    }
    okrug_rules_judge(rules, x->problem.rule_count, span, CRITERIA, j);
    for (int c = 0; c < CRITERIA; c++) {
        if (asked[c] && j[c].verdict != OKRUG_MET) {
            return -1.0;
        }
    }
    return cost;
}

static double best_of_all(okrug_ctx *ctx, const instance *x, const uint8_t *asked) {
    double best = -1.0;
    for (unsigned choice = 0; choice < 1U << CHOICES; choice++) {
        double cost = try_choice(ctx, x, choice, asked);
        best = cost >= 0.0 && (best < 0.0 || cost < best) ? cost : best;
    }
    return best;
}

static unsigned choice_of(const okrug_repair *r) {
    unsigned choice = 0;
    for (int i = 0; i < CANDIDATES; i++) {
        choice |= (unsigned)r->member[i] << i;
    }
    for (int f = 0; f < FACILITIES; f++) {
        choice |= (unsigned)r->facility[f] << (CANDIDATES + f);
    }
    for (int d = 0; d < DEALS; d++) {
        choice |= (unsigned)r->deal[d] << (CANDIDATES + FACILITIES + d);
    }
    return choice;
}

/* Every second instance asks for a part of the criteria, so that many have a solution. */
static void choose_asked(uint64_t k, uint8_t *asked) {
    for (int c = 0; c < CRITERIA; c++) {
        asked[c] = k % 2 == 0 || draw(k, 2);
    }
}

static void test_enumeration(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    int solved = 0, changed = 0, impossible = 0;
    for (uint64_t k = 0; k < INSTANCES; k++) {
        static instance x;
        uint8_t member[CANDIDATES], facility[FACILITIES], deal[DEALS], asked[CRITERIA], conflict[CRITERIA];
        double amount[DEALS];
        okrug_repair found = {member, facility, deal, amount, {.nodes = 0}};
        make(k, &x);
        choose_asked(k, asked);
        double best = best_of_all(ctx, &x, asked);
        okrug_status status = okrug_repair_least(ctx, &x.problem, asked, 100000, &found);
        if (best < 0.0) {
            bool together = false;
            assert_int_equal(status, OKRUG_NO_SOLUTION);
            assert_ok(okrug_repair_conflict(ctx, &x.problem, asked, 100000, &found, conflict, &together));
            assert_true(best_of_all(ctx, &x, conflict) < 0.0);
            for (int c = 0; together && c < CRITERIA; c++) {
                if (conflict[c]) {
                    conflict[c] = 0;
                    assert_true(best_of_all(ctx, &x, conflict) >= 0.0);
                    conflict[c] = 1;
                }
            }
            impossible++;
            continue;
        }
        assert_ok(status);
        assert_near(found.end.cost, best, 1e-6);
        assert_true(found.end.optimal);
        assert_near(try_choice(ctx, &x, choice_of(&found), asked), best, 1e-9);
        solved++;
        changed += best > 0.0;
    }
    assert_true(solved >= 150 && changed >= 100 && impossible >= 100);
    okrug_ctx_free(ctx);
}

/* The same without the last candidate. */
static void leave_out_last(const instance *from, instance *x) {
    *x = *from;
    int32_t last = ALL - 1;
    int64_t contracts = x->all.group.contracts, parts = x->problem.parts, deals = 0;
    testing_group_begin(&x->all, ALL);
    memcpy(x->all.producing, from->all.producing, sizeof x->all.producing);
    memcpy(x->all.special, from->all.special, sizeof x->all.special);
    memcpy(x->all.region, from->all.region, sizeof x->all.region);
    memcpy(x->all.revenue, from->all.revenue, sizeof x->all.revenue);
    memcpy(x->all.workplaces, from->all.workplaces, sizeof x->all.workplaces);
    memcpy(x->all.productive, from->all.productive, sizeof x->all.productive);
    x->all.group.participants = last;
    for (int64_t c = 0; c < contracts; c++) {
        if (from->all.supplier[c] != last && from->all.buyer[c] != last) {
            testing_group_contract(&x->all, from->all.supplier[c], from->all.buyer[c], from->all.lo[c],
                                   from->all.hi[c]);
            x->all.open[x->all.group.contracts - 1] = from->all.open[c];
            x->all.force[x->all.group.contracts - 1] = from->all.force[c];
        }
    }
    x->problem = from->problem;
    x->problem.group = &x->all.group;
    x->problem.parts = 0;
    for (int64_t k = 0; k < parts; k++) {
        if (from->part_from[k] != last) {
            x->part_of[x->problem.parts] = from->part_of[k];
            x->part_from[x->problem.parts] = from->part_from[k];
            x->part[x->problem.parts++] = from->part[k];
        }
    }
    for (int d = 0; d < DEALS; d++) {
        if (from->supplier[d] != last && from->buyer[d] != last) {
            x->supplier[deals] = from->supplier[d];
            x->buyer[deals] = from->buyer[d];
            x->of[deals] = from->of[d];
            x->most[deals] = from->most[d];
            x->fixed[deals++] = from->fixed[d];
        }
    }
    x->problem.deals = deals;
    x->problem.supplier = x->supplier;
    x->problem.buyer = x->buyer;
    x->problem.purchase_of = x->of;
    x->problem.most = x->most;
    x->problem.fixed_cost = x->fixed;
    x->problem.part_of = x->part_of;
    x->problem.part_from = x->part_from;
    x->problem.part = x->part;
}

/* One candidate more, who need not be taken, makes nothing dearer and nothing impossible. */
static void test_more_candidates(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    int solved = 0, cheaper = 0;
    for (uint64_t k = 0; k < INSTANCES; k++) {
        static instance x, fewer;
        uint8_t member[CANDIDATES], facility[FACILITIES], deal[DEALS], asked[CRITERIA];
        double amount[DEALS];
        okrug_repair found = {member, facility, deal, amount, {.nodes = 0}};
        make(k, &x);
        choose_asked(k, asked);
        leave_out_last(&x, &fewer);
        okrug_status status = okrug_repair_least(ctx, &fewer.problem, asked, 100000, &found);
        double cost = found.end.cost;
        if (status == OKRUG_OK) {
            assert_ok(okrug_repair_least(ctx, &x.problem, asked, 100000, &found));
            assert_true(found.end.cost <= cost + 1e-6);
            solved++;
            cheaper += found.end.cost < cost - 1e-6;
        }
    }
    assert_true(solved >= 100 && cheaper >= 10);
    okrug_ctx_free(ctx);
}

/* A candidate who sells exactly the share that is asked may be taken, whatever rounding does to its figures: its output
 * is any number of kopecks, its sales are told with VAT. */
static void test_exactly(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    static const uint8_t asked[2] = {1, 1};
    static const okrug_rule two[] = {{0, 0, OKRUG_MEASURE_PARTICIPANT_SHARE, OKRUG_AT_LEAST, .2, -1, 0, 0, 0.0},
                                     {1, 1, OKRUG_MEASURE_PARTICIPANTS, OKRUG_AT_LEAST, 3.0, -1, 0, 0, 0.0}};
    int unclean = 0;
    for (uint64_t k = 0; k < 300; k++) {
        testing_group t;
        uint8_t member[1];
        okrug_repair found = {member, NULL, NULL, NULL, {.nodes = 0}};
        static const okrug_span span[2] = {{.2, .2}, {2.0, 2.0}};
        static const double cost[1] = {5.0};
        drawn = 0;
        testing_group_begin(&t, 3);
        t.revenue[2] = (1 + draw(k, 1000000000)) / 100.0;
        double sold = t.revenue[2] * .2 * 1.2 / 1.2;
        testing_group_contract(&t, 0, 1, 30.0, 30.0);
        testing_group_contract(&t, 1, 0, 30.0, 30.0);
        testing_group_contract(&t, 2, 0, sold / 3.0, sold / 3.0);
        testing_group_contract(&t, 2, 1, sold * 2.0 / 3.0, sold * 2.0 / 3.0);
        assert_ok(testing_group_measure(ctx, &t));
        okrug_span share = t.span[OKRUG_MEASURE_PARTICIPANT_SHARE];
        assert_int_equal(okrug_compared(share, OKRUG_AT_LEAST, .2), OKRUG_YES);
        unclean += t.lo[2] + t.lo[3] - .2 * t.revenue[2] < 0.0;
        okrug_repair_problem p = {.group = &t.group,
                                  .members = 2,
                                  .member_cost = cost,
                                  .rules = two,
                                  .rule_count = 2,
                                  .criteria = 2,
                                  .slots = 2,
                                  .span = span};
        assert_ok(okrug_repair_least(ctx, &p, asked, 1000, &found));
        assert_int_equal(member[0], 1);
    }
    assert_true(unclean >= 20);
    okrug_ctx_free(ctx);
}

/* Part of a purchase at a cost by the rouble: firm 0 sells 10 of 100 within, 20 % are asked, and what it sells more is
 * output too: x = (20 - 10) / 0.8 = 12.5, from the cheaper of two buyers, of whom only 8 can be had, and 4.5 from the
 * other. */
static void test_parts(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    testing_group t;
    testing_group_begin(&t, 3);
    testing_group_contract(&t, 0, 1, 10.0, 10.0);
    t.producing[1] = t.producing[2] = OKRUG_NO;
    static const int32_t supplier[2] = {0, 0}, buyer[2] = {1, 2}, of[2] = {0, 1};
    static const double most[2] = {8.0, 50.0}, fixed[2] = {0.0, 0.0}, rate[2] = {.1, .2};
    static const uint8_t whole[2] = {0, 0}, asked[1] = {1};
    static const okrug_rule rule = {0, 0, OKRUG_MEASURE_PARTICIPANT_SHARE, OKRUG_AT_LEAST, .2, -1, 0, 0, 0.0};
    static const okrug_span span[1] = {{.1, .1}};
    uint8_t deal[2];
    double amount[2];
    okrug_repair found = {NULL, NULL, deal, amount, {.nodes = 0}};
    okrug_repair_problem p = {.group = &t.group,
                              .members = 3,
                              .deals = 2,
                              .supplier = supplier,
                              .buyer = buyer,
                              .purchase_of = of,
                              .most = most,
                              .all = whole,
                              .fixed_cost = fixed,
                              .rate = rate,
                              .least_deal = 1.0,
                              .purchases = 2,
                              .purchase = most,
                              .rules = &rule,
                              .rule_count = 1,
                              .criteria = 1,
                              .slots = 1,
                              .span = span};
    assert_ok(okrug_repair_least(ctx, &p, asked, 1000, &found));
    assert_near(amount[0], 8.0, 1e-9);
    assert_near(amount[1], 4.5, 1e-6);
    assert_near(found.end.cost, .8 + .9, 1e-6);
    static const double dear[2] = {2.0, 0.0}; /* to have the first one costs more than it saves */
    p.fixed_cost = dear;
    assert_ok(okrug_repair_least(ctx, &p, asked, 1000, &found));
    assert_int_equal(deal[0], 0);
    assert_near(amount[1], 12.5, 1e-6);
    assert_near(found.end.cost, 2.5, 1e-6);
    okrug_ctx_free(ctx);
}

/* A verdict that was reached stays whatever is learnt within the bounds. */
static void test_narrower(void **state) {
    (void)state;
    for (uint64_t k = 0; k < 2000; k++) {
        drawn = 0;
        double lo = draw(k, 20) / 20.0, hi = lo + draw(k, 10) / 20.0, in_lo = lo + (hi - lo) * draw(k, 5) / 5.0;
        double in_hi = in_lo + (hi - in_lo) * draw(k, 5) / 5.0, value = draw(k, 25) / 20.0;
        for (int c = 0; c < OKRUG_COMPARES; c++) {
            okrug_known wide = okrug_compared((okrug_span){lo, hi}, (okrug_compare)c, value);
            okrug_known narrow = okrug_compared((okrug_span){in_lo, in_hi}, (okrug_compare)c, value);
            assert_true(wide == OKRUG_UNKNOWN || wide == narrow);
        }
    }
}

/* Money in another unit leaves every share as it is, and so does the order of firms and contracts. */
static void test_shares_stay(void **state) {
    (void)state;
    okrug_ctx *ctx = testing_context(1);
    for (uint64_t k = 0; k < 20; k++) {
        static instance x;
        static testing_group turned;
        make(k, &x);
        int64_t n = x.all.group.participants, contracts = x.all.group.contracts;
        testing_group_begin(&turned, n);
        for (int64_t i = 0; i < n; i++) {
            turned.revenue[n - 1 - i] = 1000.0 * x.all.revenue[i];
            turned.workplaces[n - 1 - i] = x.all.workplaces[i];
            turned.productive[n - 1 - i] = x.all.productive[i];
            turned.producing[n - 1 - i] = x.all.producing[i];
            turned.special[n - 1 - i] = x.all.special[i];
            turned.region[n - 1 - i] = x.all.region[i];
        }
        for (int64_t c = contracts - 1; c >= 0; c--) {
            testing_group_contract(&turned, (int32_t)n - 1 - x.all.supplier[c], (int32_t)n - 1 - x.all.buyer[c],
                                   1000.0 * x.all.lo[c], 1000.0 * x.all.hi[c]);
            turned.open[turned.group.contracts - 1] = x.all.open[c];
            turned.force[turned.group.contracts - 1] = x.all.force[c];
        }
        assert_ok(testing_group_measure(ctx, &x.all));
        assert_ok(testing_group_measure(ctx, &turned));
        for (int m = 0; m < OKRUG_MEASURES_COUNT; m++) {
            if (!isnan(x.all.span[m].lo)) {
                assert_near(turned.span[m].lo, x.all.span[m].lo, 1e-12);
                assert_near(turned.span[m].hi, x.all.span[m].hi, 1e-12);
            }
        }
    }
    okrug_ctx_free(ctx);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_enumeration), cmocka_unit_test(test_more_candidates), cmocka_unit_test(test_exactly),
        cmocka_unit_test(test_parts),       cmocka_unit_test(test_narrower),        cmocka_unit_test(test_shares_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
