# Writes tables that come with packages of R as DIR/NAME/train.csv and test.csv, two thirds and one third of their rows drawn by a fixed seed,
# for 'tables --as-they-are DIR/*'.
#
#   Rscript real-tables.R DIR
#
# Needs the packages named below, from Debian as r-cran-mlbench r-cran-kernlab r-cran-mass r-cran-aer r-cran-cardata r-cran-modeldata
# r-cran-survival r-cran-hsaur3 r-cran-psych r-cran-th.data r-cran-pscl r-cran-caret r-cran-boot. What is not installed is passed over.
folder <- commandArgs(trailingOnly = TRUE)[1]
if (is.na(folder)) stop("expected the folder to write to")

most_rows <- 40000

load <- function(package, name, from = name) {
  found <- tryCatch(getExportedValue(package, name), error = function(missing) NULL)
  if (is.null(found)) {
    loaded <- new.env()
    tryCatch(suppressWarnings(data(list = from, package = package, envir = loaded)), error = function(missing) NULL)
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
  order <- head(sample(nrow(rows)), most_rows)
  train <- round(length(order) * 2 / 3)
  to <- file.path(folder, name)
  dir.create(to, recursive = TRUE, showWarnings = FALSE)
  write.csv(rows[order[1:train], ], file.path(to, "train.csv"), row.names = FALSE, na = "")
  write.csv(rows[order[(train + 1):length(order)], ], file.path(to, "test.csv"), row.names = FALSE, na = "")
}

# The label is an expression of the table's columns; columns that hold it in another form are dropped.
table <- function(package, data, label, drop = character(), name = tolower(data), from = data) {
  rows <- load(package, data, from)
  if (is.null(rows)) {
    message("not found: ", package, " ", data)
    return(invisible())
  }
  rows <- as.data.frame(rows)
  answer <- substitute(label)
  write_table(name, rows, eval(answer, rows), union(drop, all.vars(answer)))
}

table("mlbench", "BreastCancer", Class == "malignant", "Id", name = "breast")
table("mlbench", "HouseVotes84", Class == "democrat", name = "votes")
table("mlbench", "Ionosphere", Class == "good")
table("mlbench", "PimaIndiansDiabetes2", diabetes == "pos", name = "pima")
table("mlbench", "Sonar", Class == "M")
table("mlbench", "DNA", Class == "n")
table("mlbench", "Vehicle", Class == "opel")
table("mlbench", "Satellite", classes == "damp grey soil")
table("mlbench", "LetterRecognition", lettr %in% c("A", "E", "I", "O", "U"), name = "letter")
table("mlbench", "Soybean", Class %in% c("brown-spot", "alternarialeaf-spot"))
table("mlbench", "Ozone", V4 > 15)
table("mlbench", "BostonHousing", medv > 25, name = "boston")
table("mlbench", "Servo", Class > 20)
table("kernlab", "income", as.integer(INCOME) >= 8)
table("kernlab", "musk", Class == levels(factor(Class))[2])
table("kernlab", "spam", type == "spam")
table("kernlab", "ticdata", CARAVAN == levels(factor(CARAVAN))[2], name = "caravan")
table("MASS", "Aids2", status == "D", "death", name = "aids")
table("MASS", "birthwt", low, "bwt")
table("MASS", "OME", Correct >= Trials)
table("AER", "Affairs", affairs > 0)
table("AER", "CreditCard", card == "yes", c("expenditure", "share"), name = "card")
table("AER", "HealthInsurance", insurance == "yes", name = "healthins")
table("AER", "HMDA", deny == "yes")
table("AER", "NMES1988", insurance == "yes", name = "nmes")
table("AER", "PSID1976", participation == "yes", c("hours", "wage", "repwage"), name = "psid76")
table("AER", "ResumeNames", call == "yes", name = "resume")
table("AER", "SmokeBan", smoker == "yes", name = "smoke")
table("AER", "SwissLabor", participation == "yes", name = "swiss")
table("AER", "Fertility2", morekids == "yes", name = "fertility")
table("AER", "CPS1988", parttime == "yes", name = "parttime")
table("AER", "DoctorVisits", visits > 0, name = "doctor")
table("AER", "GSS7402", kids > 2, name = "gss")
table("AER", "CollegeDistance", education >= 15, name = "college")
table("AER", "Medicaid1986", visits > 0, name = "medicaid")
table("AER", "TeachingRatings", eval > 4.2, "prof", name = "teaching")
table("carData", "Arrests", released == "Yes")
table("carData", "Mroz", lfp == "yes")
table("carData", "Rossi", arrest, c("week", paste0("emp", 1:52)))
table("carData", "TitanicSurvival", survived == "yes", name = "titanic")
table("carData", "Wells", switch == "yes")
table("carData", "Chile", vote == "N")
table("carData", "Cowles", volunteer == "yes")
table("carData", "KosteckiDillon", headache == "yes", "id", name = "headache")
table("carData", "Greene", decision == "yes")
table("carData", "MplsStops", citationIssued == "YES", "idNum", name = "stops")
table("carData", "WVS", poverty == "Too Little")
table("carData", "SLID", ifelse(is.na(wages), 0, 1))
table("carData", "BEPS", vote == "Labour")
table("carData", "CES11", abortion == "Yes", c("id", "weight"), name = "ces")
table("modeldata", "ad_data", Class == "Impaired", name = "alz")
table("modeldata", "attrition", Attrition == "Yes")
table("modeldata", "cells", class == "PS", "case")
table("modeldata", "credit_data", Status == "bad", name = "credit")
table("modeldata", "lending_club", Class == "bad", name = "lending")
table("modeldata", "mlc_churn", churn == "yes", name = "churn")
table("modeldata", "wa_churn", churn == "Yes", name = "telco")
table("modeldata", "stackoverflow", Remote == "Remote")
table("modeldata", "two_class_dat", Class == "Class1", name = "twoclass")
table("modeldata", "check_times", check_time > 60, "package", name = "checks")
table("modeldata", "pd_speech", class == levels(factor(class))[2], name = "speech")
table("survival", "flchain", death, c("futime", "chapter"))
table("survival", "rotterdam", recur, c("pid", "rtime", "dtime", "death"))
table("survival", "nwtco", rel, c("seqno", "edrel", "in.subcohort"))
table("survival", "colon", ifelse(etype == 1, status, NA), c("id", "time", "study"))
table("survival", "mgus2", death, c("id", "ptime", "pstat", "futime"), name = "mgus")
table("survival", "pbc", status == 2, c("id", "time"))
table("HSAUR3", "toenail", outcome != levels(outcome)[1], "patientID")
table("psych", "bfi", gender == 2)
table("TH.data", "GlaucomaM", Class == "glaucoma", name = "glaucoma")
table("TH.data", "wpbc", status == "R", "time")
table("TH.data", "GBSG2", cens, "time", name = "gbsg")
table("pscl", "vote92", vote == "Clinton")
table("pscl", "politicalInformation", as.integer(y) >= 4, name = "polinfo")
table("pscl", "bioChemists", art > 1, name = "biochem")
table("caret", "GermanCredit", Class == "Bad", name = "german")
table("caret", "dhfr", Y == "active")
table("boot", "channing", cens, c("exit", "time"))
