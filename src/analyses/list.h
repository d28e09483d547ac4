/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line per analysis: its descriptor is `okrug_analysis_NAME`, in the file of that name. Its subject, worded under
 * "subject.NAME", is the heading that people find it under; those of one subject stand together.
 */
#ifndef OKRUG_ANALYSES_LIST_H
#define OKRUG_ANALYSES_LIST_H

#include "analyses/analysis.h"

#define OKRUG_ANALYSIS_LIST(X)                                                                                         \
    X(location_quotient, structure)                                                                                    \
    X(specialisation, structure)                                                                                       \
    X(variety, structure)                                                                                              \
    X(concentration, structure)                                                                                        \
    X(coagglomeration, structure)                                                                                      \
    X(concentrations, structure)                                                                                       \
    X(similarity, structure)                                                                                           \
    X(cluster_definitions, structure)                                                                                  \
    X(clusters, structure)                                                                                             \
    X(disparity, regions)                                                                                              \
    X(structural_distance, regions)                                                                                    \
    X(composite, regions)                                                                                              \
    X(patterns, regions)                                                                                               \
    X(market_potential, regions)                                                                                       \
    X(shift_share, growth)                                                                                             \
    X(growth, growth)                                                                                                  \
    X(resilience, growth)                                                                                              \
    X(convergence, growth)                                                                                             \
    X(transitions, growth)                                                                                             \
    X(complexity, complexity)                                                                                          \
    X(fitness, complexity)                                                                                             \
    X(relatedness, complexity)                                                                                         \
    X(opportunities, complexity)                                                                                       \
    X(market_niches, complexity)                                                                                       \
    X(multipliers, input_output)                                                                                       \
    X(linkages, input_output)                                                                                          \
    X(ghosh, input_output)                                                                                             \
    X(influence, input_output)                                                                                         \
    X(propagation_length, input_output)                                                                                \
    X(footprint, input_output)                                                                                         \
    X(inoperability, input_output)                                                                                     \
    X(propagation, input_output)                                                                                       \
    X(regionalise, input_output)                                                                                       \
    X(multi_region, input_output)                                                                                      \
    X(supply_use, input_output)                                                                                        \
    X(supply_use_update, input_output)                                                                                 \
    X(balance, input_output)                                                                                           \
    X(weights, space)                                                                                                  \
    X(moran, space)                                                                                                    \
    X(geary, space)                                                                                                    \
    X(getis_ord_g, space)                                                                                              \
    X(local_moran, space)                                                                                              \
    X(getis_ord_local, space)                                                                                          \
    X(k_density, space)                                                                                                \
    X(m_function, space)                                                                                               \
    X(ripley_k, space)                                                                                                 \
    X(duplicates, clusters)                                                                                            \
    X(support, clusters)                                                                                               \
    X(instruments, clusters)                                                                                           \
    X(districts, clusters)                                                                                             \
    X(scouting, clusters)                                                                                              \
    X(status, clusters)                                                                                                \
    X(repair, clusters)                                                                                                \
    X(firm_totals, data)                                                                                               \
    X(firm_flows, data)                                                                                                \
    X(convert, data)

#define OKRUG_X(name, subject) extern const okrug_analysis okrug_analysis_##name;
OKRUG_ANALYSIS_LIST(OKRUG_X)
#undef OKRUG_X

#endif
