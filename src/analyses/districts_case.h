/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of `districts` share: the register as rows that count, the districts that are compared, and what is
 * measured of each.
 */
#ifndef OKRUG_ANALYSES_DISTRICTS_CASE_H
#define OKRUG_ANALYSES_DISTRICTS_CASE_H

#include <okrug/clusters.h>
#include <okrug/numeric.h>

#include "analyses/analysis.h"

/* What is measured of a district, in the order of columns. X(name, code, unit, compared, formula); `compared`: it has
 * rows in the table of indicators. */
#define OKRUG_DISTRICT_INDICATORS(X)                                                                                   \
    X(FIRMS, "firms", COUNT, true, "firms whose region and industry are the district's")                               \
    X(MUNICIPALITIES, "municipalities", COUNT, true, "different codes of region among them")                           \
    X(EMPLOYMENT, "employment", PERSON, true, "sum of employees that are known")                                       \
    X(EMPLOYMENT_UNKNOWN, "employment_unknown", COUNT, false, "firms whose employees are not known, for any reason")   \
    X(EMPLOYMENT_WITHHELD, "employment_withheld", COUNT, false, "of them those whose employees are suppressed")        \
    X(REVENUE, "revenue", RUB, true, "sum of revenue that is known")                                                   \
    X(REVENUE_UNKNOWN, "revenue_unknown", COUNT, false, "firms whose revenue of the period is not known")              \
    X(PRODUCTIVITY, "productivity", RUB, true, "sum of revenue / sum of employees, over firms with both")              \
    X(PRODUCTIVITY_COVER, "productivity_cover", SHARE, false, "firms with both / firms")                               \
    X(MEAN_SIZE, "mean_size", PERSON, true, "employment / firms whose employees are known")                            \
    X(SME_SHARE, "sme_share", SHARE, true, "(micro + small + medium) / firms whose category is known")                 \
    X(SME_LEAST, "sme_least", SHARE, false, "(micro + small + medium) / firms")                                        \
    X(SME_MOST, "sme_most", SHARE, false, "(firms - large) / firms")                                                   \
    X(MICRO, "micro", COUNT, false, "firms of that category")                                                          \
    X(SMALL, "small", COUNT, false, "firms of that category")                                                          \
    X(MEDIUM, "medium", COUNT, false, "firms of that category")                                                        \
    X(LARGE, "large", COUNT, false, "firms of that category")                                                          \
    X(CATEGORY_UNKNOWN, "category_unknown", COUNT, false, "firms whose category is not known")                         \
    X(LQ_FIRMS, "lq_firms", RATIO, true, "(n_D / n_R) / (n_A / n): district, its regions, its activities, register")   \
    X(LQ_EMPLOYMENT, "lq_employment", RATIO, true, "(e_D / e_R) / (e_A / e), of employees that are known")             \
    X(GINI, "gini", RATIO, true, "locational Gini of employment over the municipalities of the regions")               \
    X(HERFINDAHL, "herfindahl", RATIO, true, "sum of squared shares of municipalities in employment")                  \
    X(ACTIVITY_COUNT, "activity_count", COUNT, true, "different activities among the firms")                           \
    X(ACTIVITY_HERFINDAHL, "activity_herfindahl", RATIO, true, "sum of squared shares of activities in employment")    \
    X(PURCHASES, "purchases", RUB, true, "sum of contracts in which members buy")                                      \
    X(PURCHASE_CONTRACTS, "purchase_contracts", COUNT, false, "contracts in which members buy")                        \
    X(PURCHASES_UNKNOWN, "purchases_unknown", COUNT, false, "of them those without an amount")                         \
    X(BOUGHT_INSIDE, "bought_inside", SHARE, true, "purchases from members / purchases")                               \
    X(BOUGHT_IN_REGION, "bought_in_region", SHARE, true, "purchases from firms of the regions / purchases: at least")  \
    X(BOUGHT_IN_REGION_MOST, "bought_in_region_most", SHARE, false,                                                    \
      "the same if suppliers that the register lacks were all of the regions")                                         \
    X(DENSITY, "density", SHARE, true, "pairs (supplier, buyer) of members with a contract / (n (n - 1))")             \
    X(RECIPROCITY, "reciprocity", SHARE, true, "of these pairs those whose opposite is there too")                     \
    X(LINKED, "linked", SHARE, true, "members with a contract with another member / firms")                            \
    X(MACHINES, "machines", COUNT, false, "sum of count; a row without one is one machine")                            \
    X(IDLE_HOURS, "idle_hours", HOUR, false, "sum of idle hours that are known, in a month")                           \
    X(IDLE_SHARE, "idle_share", SHARE, true, "idle hours / hours, over rows with both")                                \
    X(IDLE_UNKNOWN, "idle_unknown", COUNT, false, "rows of equipment without hours or idle hours")                     \
    X(OPERATIONS_COMMON, "operations_common", COUNT, true, "operations that several members have machines for")        \
    X(VACANCIES, "vacancies", SHARE, true, "vacancies / (people + vacancies), over rows with both")                    \
    X(PLANTS, "plants", COUNT, false, "firms whose place is that of a plant")                                          \
    X(SHARED_ADDRESS, "shared_address", COUNT, false, "firms at an address that other firms of the register have too") \
    X(MISSING_LINKS, "missing_links", COUNT, false, "activities that another district has and this one has not")

typedef enum {
#define OKRUG_X(name, code, unit, compared, formula) OKRUG_DISTRICT_##name,
    OKRUG_DISTRICT_INDICATORS(OKRUG_X)
#undef OKRUG_X
        OKRUG_DISTRICT_COUNT
} okrug_district_indicator;

typedef struct {
    const char *code, *title, *regions, *activities; /* as given; title NULL: none */
    int32_t line;                                    /* of the file that gives it; 0: options */
    bool *in_region;                                 /* of each word of the column region */
    bool *wanted;                                    /* of each word of the column industry */
    int64_t members;
    int32_t *member;     /* rows of the register, ascending */
    double in_regions;   /* rows that count in its regions */
    int64_t *firms_of;   /* members by activity */
    okrug_sum *staff_of; /* their employees, as far as known */
    double *shares_of;   /* staff_of as numbers */
    double value[OKRUG_DISTRICT_COUNT];
    okrug_reason none[OKRUG_DISTRICT_COUNT]; /* why a value is NaN */
} okrug_district;

typedef struct {
    const okrug_table *firms, *accounts, *contracts, *equipment, *staff; /* all but the first: or NULL */
    const okrug_table *districts;                                        /* NULL: regions and activities */
    okrug_texts regions, activities;
    const char *date, *period; /* NULL: not asked */
    int64_t digits;
} okrug_districts_asked;

typedef struct {
    const okrug_districts_asked *asked;
    const okrug_column *firm, *region, *industry, *employees;
    okrug_words *cut;      /* activities: industries by their first digits; owned */
    int32_t *activity_of;  /* of each word of the column industry */
    int64_t activities;    /* those of the register; `cut` may get more, of products */
    int64_t *activity_ptr; /* activities + 1 */
    int32_t *activity_row; /* rows that count, by activity: activity_ptr[a] .. activity_ptr[a + 1] */
    bool *counts;          /* of each row: it has a region and an industry and was there on the day */
    bool *region_counts;   /* of each word of region: a row that counts has it */
    bool *industry_counts;
    double *revenue, *staff; /* of each row; NaN: not known. staff: of the accounts, else of the register */
    const char *period;      /* of the accounts; NULL: they tell none, or there are none */
    int64_t counted, out_of_date, without_region, without_industry, made, unknown;
    double employment; /* of all rows that count, as far as known */
    int64_t count;     /* districts */
    okrug_district *district;
} okrug_districts;

#define OKRUG_DISTRICTS_TEXT(name)                                                                                     \
    { name, OKRUG_TEXT, OKRUG_UNIT_NONE, NULL }
#define OKRUG_DISTRICTS_NUMBER(name, unit, formula)                                                                    \
    { name, OKRUG_NUMBER, OKRUG_UNIT_##unit, formula }

/* ---- districts_case.c: the register and who is in which district. Scratch memory, and words that okrug_districts_free
 * frees, also after a failure. OKRUG_BAD_INPUT where nothing counts ("no-firms-to-count"), a code belongs to no firm
 * ("region-without-firms", "activity-without-firms") or is not there ("district-without-codes"). */
okrug_status okrug_districts_read(okrug_ctx *ctx, const okrug_districts_asked *asked, okrug_districts *of);
void okrug_districts_free(okrug_districts *of);

/* ---- districts_measures.c: what members are and have. */
okrug_status okrug_districts_measure(okrug_ctx *ctx, okrug_districts *of);

/* ---- districts_contracts.c: what members buy. */

/* What a district buys outside, of one product. */
typedef struct {
    int32_t product; /* word of `cut` */
    const char *code;
    double amount, in_region, from_peers;
    int64_t contracts, buyers, suppliers;
} okrug_district_purchase;

typedef struct {
    int64_t count;
    okrug_district_purchase *purchase; /* the largest first */
    double amount;                     /* of all that is bought outside */
    int64_t unclear;                   /* contracts of which neither product nor supplier's industry is known */
    double *sold;                      /* by row of the register: what it sells to members from outside */
} okrug_district_trade;

/* Cooperation of each district into its values, and trade (districts) in scratch memory; does nothing without
 * contracts: all of `trade` is 0 then. */
okrug_status okrug_districts_trade(okrug_ctx *ctx, okrug_districts *of, okrug_district_trade *trade);

/* ---- districts_tables.c and districts_missing.c: the tables of the result. */
enum {
    OKRUG_DISTRICTS_INDICATOR_COLUMNS = 10,
    OKRUG_DISTRICTS_ACTIVITY_COLUMNS = 9,
    OKRUG_DISTRICTS_MISSING_COLUMNS = 13,
    OKRUG_DISTRICTS_PURCHASE_COLUMNS = 11,
    OKRUG_DISTRICTS_BASE_COLUMNS = 9
};
extern const okrug_output_column okrug_districts_indicator_columns[OKRUG_DISTRICTS_INDICATOR_COLUMNS];
extern const okrug_output_column okrug_districts_activity_columns[OKRUG_DISTRICTS_ACTIVITY_COLUMNS];
extern const okrug_output_column okrug_districts_missing_columns[OKRUG_DISTRICTS_MISSING_COLUMNS];
extern const okrug_output_column okrug_districts_purchase_columns[OKRUG_DISTRICTS_PURCHASE_COLUMNS];
extern const okrug_output_column okrug_districts_base_columns[OKRUG_DISTRICTS_BASE_COLUMNS];

okrug_status okrug_districts_add_row(okrug_table *table, int64_t *row);
/* An activity with what it is sorted by, and activities in the order of rows: `first` ones before others, then by what
 * is larger, then by code, so that it does not hang on the order of the register. */
typedef struct {
    int32_t activity;
    bool first;
    double size;
    const char *code;
} okrug_district_place;
void okrug_districts_sort(okrug_district_place *place, int64_t count);
/* How many districts but the k-th have that activity. */
int64_t okrug_districts_others(const okrug_districts *of, int64_t k, int64_t activity);
okrug_status okrug_districts_write_indicators(okrug_ctx *ctx, const okrug_districts *of, okrug_table *table);
okrug_status okrug_districts_write_activities(okrug_ctx *ctx, const okrug_districts *of, okrug_table *table);
/* Sets missing_links of each district too. */
okrug_status okrug_districts_write_missing(okrug_ctx *ctx, okrug_districts *of, const okrug_district_trade *trade,
                                           okrug_table *table);
okrug_status okrug_districts_write_purchases(const okrug_districts *of, const okrug_district_trade *trade, int64_t most,
                                             okrug_table *table);
okrug_status okrug_districts_write_base(const okrug_districts *of, okrug_table *table);

#endif
