# SPDX-License-Identifier: GPL-3.0-or-later
#
# dbmss on plants drawn at random in a square: points.R kd|m SITES PLANTS SIMULATIONS. Prints the seconds of the call with its
# global envelope, wall clock and processor.
suppressMessages(library(dbmss))
given <- commandArgs(trailingOnly = TRUE)
sites <- as.integer(given[2]); plants <- as.integer(given[3]); simulations <- as.integer(given[4])
set.seed(1)
X <- wmppp(data.frame(X = runif(sites, 0, 100), Y = runif(sites, 0, 100),
                      PointType = rep(c("A", "B"), c(plants, sites - plants)),
                      PointWeight = floor(1 + 100 * runif(sites))), window = spatstat.geom::owin(c(0, 100), c(0, 100)))
r <- seq(0, 50, 0.5)
taken <- system.time(
  if (given[1] == "kd") {
    KdEnvelope(X, r, NumberOfSimulations = simulations, ReferenceType = "A", Global = TRUE, verbose = FALSE)
  } else {
    MEnvelope(X, r, NumberOfSimulations = simulations, ReferenceType = "A", Global = TRUE, verbose = FALSE)
  })
cat(taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]], "\n")
