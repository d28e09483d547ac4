/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Verdicts from what is known: a rule is met only where no number within the bounds would break it.
 */
#include <okrug/rules.h>

#include <math.h>
#include <string.h>

static const char *const codes[] = {
#define OKRUG_X(name, code, unit) code,
    OKRUG_MEASURES(OKRUG_X)
#undef OKRUG_X
};
static const char *const units[] = {
#define OKRUG_X(name, code, unit) unit,
    OKRUG_MEASURES(OKRUG_X)
#undef OKRUG_X
};

const char *okrug_measure_code(okrug_measure measure) {
    return codes[measure];
}

const char *okrug_measure_unit(okrug_measure measure) {
    return units[measure];
}

bool okrug_measure_find(const char *code, okrug_measure *measure) {
    for (int i = 0; i < OKRUG_MEASURES_COUNT; i++) {
        if (strcmp(codes[i], code) == 0) {
            *measure = (okrug_measure)i;
            return true;
        }
    }
    return false;
}

static const double rounding = 1e-12;

static bool holds(double x, okrug_compare compare, double value) {
    double near = rounding * fabs(value);
    switch (compare) {
    case OKRUG_AT_LEAST:
        return x >= value - near;
    case OKRUG_AT_MOST:
        return x <= value + near;
    case OKRUG_BELOW:
        return x < value - near;
    default:
        return x > value + near;
    }
}

okrug_known okrug_compared(okrug_span span, okrug_compare compare, double value) {
    if (isnan(span.lo) || isnan(span.hi) || isnan(value)) {
        return OKRUG_UNKNOWN;
    }
    bool low = holds(span.lo, compare, value), high = holds(span.hi, compare, value);
    return low && high ? OKRUG_YES : low || high ? OKRUG_UNKNOWN : OKRUG_NO;
}

static okrug_verdict verdict_of(okrug_known met) {
    return met == OKRUG_YES ? OKRUG_MET : met == OKRUG_NO ? OKRUG_NOT_MET : OKRUG_NOT_ENOUGH_EVIDENCE;
}

/* Of two rules that hold together, the one that is further from being met. */
static okrug_verdict worse(okrug_verdict a, okrug_verdict b) {
    static const int rank[] = {
        [OKRUG_MET] = 1, [OKRUG_NOT_ENOUGH_EVIDENCE] = 2, [OKRUG_NOT_MET] = 3, [OKRUG_NO_RULE] = 0};
    return rank[a] >= rank[b] ? a : b;
}

static bool asks_more(const okrug_rule *a, const okrug_rule *b) {
    bool up = a->compare == OKRUG_AT_LEAST || a->compare == OKRUG_ABOVE;
    return up ? a->value > b->value : a->value < b->value;
}

typedef struct {
    okrug_judgement sure, maybe;
    bool agree; /* those that may hold */
} weighing;

static void weigh(const okrug_rule *rules, int64_t i, const okrug_span *span, weighing *w) {
    const okrug_rule *rule = &rules[i];
    okrug_known applies =
        rule->when_slot < 0 ? OKRUG_YES : okrug_compared(span[rule->when_slot], rule->when_compare, rule->when_value);
    if (applies == OKRUG_NO) {
        return;
    }
    okrug_verdict verdict =
        isnan(rule->value) ? OKRUG_NO_RULE : verdict_of(okrug_compared(span[rule->slot], rule->compare, rule->value));
    if (applies == OKRUG_YES) {
        okrug_verdict both = w->sure.rule < 0 ? verdict : worse(w->sure.verdict, verdict);
        w->sure.rule = w->sure.rule < 0 || both != w->sure.verdict ? i : w->sure.rule;
        w->sure.verdict = both;
        return;
    }
    w->agree = w->agree && (w->maybe.rule < 0 || w->maybe.verdict == verdict);
    if (w->maybe.rule < 0 || asks_more(rule, &rules[w->maybe.rule])) {
        w->maybe.rule = i;
    }
    w->maybe.verdict = verdict;
}

void okrug_rules_judge(const okrug_rule *rules, int64_t count, const okrug_span *span, int64_t criteria,
                       okrug_judgement *out) {
    const okrug_judgement none = {.verdict = OKRUG_NO_RULE, .rule = -1};
    for (int64_t c = 0; c < criteria; c++) {
        weighing w = {.sure = none, .maybe = none, .agree = true};
        for (int64_t i = 0; i < count; i++) {
            if (rules[i].criterion == c) {
                weigh(rules, i, span, &w);
            }
        }
        if (w.maybe.rule < 0 || w.sure.verdict == OKRUG_NOT_MET) {
            out[c] = w.sure;
            continue;
        }
        okrug_verdict may = w.agree ? w.maybe.verdict : OKRUG_NOT_ENOUGH_EVIDENCE;
        out[c] = (okrug_judgement){
            .verdict = w.sure.rule < 0 ? may : worse(w.sure.verdict, may), .rule = w.maybe.rule, .uncertain = true};
    }
}

const char *okrug_verdict_code(okrug_verdict verdict) {
    static const char *const verdicts[] = {[OKRUG_MET] = "met",
                                           [OKRUG_NOT_MET] = "not-met",
                                           [OKRUG_NOT_ENOUGH_EVIDENCE] = "not-enough-evidence",
                                           [OKRUG_NO_RULE] = "no-rule"};
    return verdicts[verdict];
}
