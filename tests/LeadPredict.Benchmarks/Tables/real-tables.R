# Writes tables that come with packages of R as DIR/NAME/train.csv and test.csv, two thirds and one third of their rows drawn by a fixed seed,
# for 'tables --as-they-are DIR/*'.
#
#   Rscript real-tables.R DIR
#
# Needs the packages named below, from Debian as r-cran-mlbench r-cran-kernlab r-cran-mass r-cran-aer r-cran-cardata r-cran-modeldata
# r-cran-survival r-cran-hsaur3 r-cran-psych r-cran-th.data r-cran-pscl r-cran-caret r-cran-boot. What is not installed is passed over.
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) stop("expected the folder to write to")

find_rows <- function(package, name) {
  found <- tryCatch(getExportedValue(package, name), error = function(missing) NULL)
  if (is.null(found)) {
    loaded <- new.env()
    tryCatch(suppressWarnings(data(list = name, package = package, envir = loaded)), error = function(missing) NULL)
    found <- get0(name, envir = loaded, inherits = FALSE)
  }
  found
}

write_table <- function(name, rows, label, drop) {
  rows <- rows[setdiff(names(rows), drop)]
  rows[] <- lapply(rows, function(column) {
    if (inherits(column, "Date")) as.numeric(column) else if (is.logical(column)) as.integer(column) else column
  })
  names(rows) <- make.unique(tolower(make.names(names(rows))))
  rows$label <- as.integer(label)
  rows <- rows[!is.na(rows$label), ]
  set.seed(7)
  order <- sample(nrow(rows))
  train <- round(length(order) * 2 / 3)
  to <- file.path(folder, name)
  dir.create(to, recursive = TRUE, showWarnings = FALSE)
  write.csv(rows[order[1:train], ], file.path(to, "train.csv"), row.names = FALSE, na = "")
  write.csv(rows[order[(train + 1):length(order)], ], file.path(to, "test.csv"), row.names = FALSE, na = "")
}

# The label is an expression of the table's columns; columns that hold it in another form are dropped.
take <- function(package, data, label, drop = character(), name = tolower(data)) {
  rows <- find_rows(package, data)
  if (is.null(rows)) {
    message("not found: ", package, " ", data)
    return(invisible())
  }
  rows <- as.data.frame(rows)
  answer <- substitute(label)
  write_table(name, rows, eval(answer, rows), union(drop, all.vars(answer)))
}

take("mlbench", "BreastCancer", Class == "malignant", "Id", name = "breast")
take("mlbench", "HouseVotes84", Class == "democrat", name = "votes")
take("mlbench", "Ionosphere", Class == "good")
take("mlbench", "PimaIndiansDiabetes2", diabetes == "pos", name = "pima")
take("mlbench", "Sonar", Class == "M")
take("mlbench", "DNA", Class == "n")
take("mlbench", "Vehicle", Class == "opel")
take("mlbench", "Satellite", classes == "damp grey soil")
take("mlbench", "LetterRecognition", lettr %in% c("A", "E", "I", "O", "U"), name = "letter")
take("mlbench", "Soybean", Class %in% c("brown-spot", "alternarialeaf-spot"))
take("mlbench", "Ozone", V4 > 15)
take("mlbench", "BostonHousing", medv > 25, name = "boston")
take("mlbench", "Servo", Class > 20)
take("kernlab", "income", as.integer(INCOME) >= 8)
take("kernlab", "musk", Class == levels(factor(Class))[2])
take("kernlab", "spam", type == "spam")
take("kernlab", "ticdata", CARAVAN == levels(factor(CARAVAN))[2], name = "caravan")
take("MASS", "Aids2", status == "D", "death", name = "aids")
take("MASS", "birthwt", low, "bwt")
take("MASS", "OME", Correct >= Trials)
take("AER", "Affairs", affairs > 0)
take("AER", "CreditCard", card == "yes", c("expenditure", "share"), name = "card")
take("AER", "HealthInsurance", insurance == "yes", name = "healthins")
take("AER", "HMDA", deny == "yes")
take("AER", "NMES1988", insurance == "yes", name = "nmes")
take("AER", "PSID1976", participation == "yes", c("hours", "wage", "repwage"), name = "psid76")
take("AER", "ResumeNames", call == "yes", name = "resume")
take("AER", "SmokeBan", smoker == "yes", name = "smoke")
take("AER", "SwissLabor", participation == "yes", name = "swiss")
take("AER", "Fertility2", morekids == "yes", name = "fertility")
take("AER", "CPS1988", parttime == "yes", name = "parttime")
take("AER", "DoctorVisits", visits > 0, name = "doctor")
take("AER", "GSS7402", kids > 2, name = "gss")
take("AER", "CollegeDistance", education >= 15, name = "college")
take("AER", "Medicaid1986", visits > 0, name = "medicaid")
take("AER", "TeachingRatings", eval > 4.2, "prof", name = "teaching")
take("carData", "Arrests", released == "Yes")
take("carData", "Mroz", lfp == "yes")
take("carData", "Rossi", arrest, c("week", paste0("emp", 1:52)))
take("carData", "TitanicSurvival", survived == "yes", name = "titanic")
take("carData", "Wells", switch == "yes")
take("carData", "Chile", vote == "N")
take("carData", "Cowles", volunteer == "yes")
take("carData", "KosteckiDillon", headache == "yes", "id", name = "headache")
take("carData", "Greene", decision == "yes")
take("carData", "MplsStops", citationIssued == "YES", "idNum", name = "stops")
take("carData", "WVS", poverty == "Too Little")
take("carData", "SLID", ifelse(is.na(wages), 0, 1))
take("carData", "BEPS", vote == "Labour")
take("carData", "CES11", abortion == "Yes", c("id", "weight"), name = "ces")
take("modeldata", "ad_data", Class == "Impaired", name = "alz")
take("modeldata", "attrition", Attrition == "Yes")
take("modeldata", "cells", class == "PS", "case")
take("modeldata", "credit_data", Status == "bad", name = "credit")
take("modeldata", "lending_club", Class == "bad", name = "lending")
take("modeldata", "mlc_churn", churn == "yes", name = "churn")
take("modeldata", "wa_churn", churn == "Yes", name = "telco")
take("modeldata", "stackoverflow", Remote == "Remote")
take("modeldata", "two_class_dat", Class == "Class1", name = "twoclass")
take("modeldata", "check_times", check_time > 60, "package", name = "checks")
take("modeldata", "pd_speech", class == levels(factor(class))[2], name = "speech")
take("survival", "flchain", death, c("futime", "chapter"))
take("survival", "rotterdam", recur, c("pid", "rtime", "dtime", "death"))
take("survival", "nwtco", rel, c("seqno", "edrel", "in.subcohort"))
take("survival", "colon", ifelse(etype == 1, status, NA), c("id", "time", "study"))
take("survival", "mgus2", death, c("id", "ptime", "pstat", "futime"), name = "mgus")
take("survival", "pbc", status == 2, c("id", "time"))
take("HSAUR3", "toenail", outcome != levels(outcome)[1], "patientID")
take("psych", "bfi", gender == 2)
take("TH.data", "GlaucomaM", Class == "glaucoma", name = "glaucoma")
take("TH.data", "wpbc", status == "R", "time")
take("TH.data", "GBSG2", cens, "time", name = "gbsg")
take("pscl", "vote92", vote == "Clinton")
take("pscl", "politicalInformation", as.integer(y) >= 4, name = "polinfo")
take("pscl", "bioChemists", art > 1, name = "biochem")
take("caret", "GermanCredit", Class == "Bad", name = "german")
take("caret", "dhfr", Y == "active")
take("boot", "channing", cens, c("exit", "time"))
