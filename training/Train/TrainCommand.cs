using System.CommandLine;
using LeadPredict.Artifacts.Repository;
using LeadPredict.Funnel.Stages;
using LeadPredict.Learning.Training;
using LeadPredict.Scorecard;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;
using LeadPredict.Training.Train.History;
using LeadPredict.Training.Train.Tables;

namespace LeadPredict.Training.Train;

/// <summary><c>leadpredict train</c>: a new version from the lead history, or from any flat CSV.</summary>
internal static class TrainCommand
{
    public static Command Create(ConsoleHost host)
    {
        var store = SharedOptions.Store();
        var table = new Option<string?>("--table") { Description = "Learn from this CSV instead of the history." };
        var label = new Option<string?>("--label") { Description = "The CSV's label column, for example converted." };
        var group = RowGroups.Option("they never part when the model is tried out of fold, and the column is no feature.");
        Option<string?> time = RowTimes.Option();
        var models = SharedOptions.Models();
        var name = new Option<string>("--name") { Description = "The model's name.", DefaultValueFactory = _ => "leads" };
        var scorecard = new Option<string?>("--scorecard") { Description = "The YAML rules to compare with. Default: the scorecard that ships with LeadPredict." };
        var from = new Option<string?>("--from") { Description = "Leave out episodes that opened before this date (yyyy-MM-dd, UTC). Default: the funnel's own start." };
        var qualify = new Option<int?>("--sql-horizon") { Description = "Days an MQL has to become SQL. Default: the funnel's own, or 90." };
        var close = new Option<int?>("--close-horizon") { Description = "Days an SQL has to be won. Default: the funnel's own, or 180." };
        qualify.AcceptBetween(1, FunnelDefinition.LongestHorizonDays);
        close.AcceptBetween(1, FunnelDefinition.LongestHorizonDays);
        var promote = new Option<bool>("--promote") { Description = "Make the new version the champion." };
        var learner = new LearnerOptions();
        var drop = SharedOptions.Drop();
        var accept = SharedOptions.AcceptLeak();
        var json = CommandRunner.JsonOption();

        var command = new Command("train", "Learn a new model version from the lead history, or from any CSV with --table.")
        {
            store, table, label, group, time, models, name, scorecard, from, qualify, close, promote, drop, accept, json,
        };
        learner.AddTo(command);
        command.Run(host, async (parsed, cancellation) =>
        {
            // Before files are read, not after them.
            string named = ModelName.Check(parsed.GetValue(name));
            PublishedModel published;
            if (parsed.GetValue(table) is { } file)
            {
                parsed.RefuseIgnored(
                    "--table learns from a file alone, not from a lead history. Leave out the one or the other.", store, scorecard, from, qualify, close);
                string answer = parsed.GetValue(label)
                    ?? throw new RefusalException("--table needs --label COLUMN: the column that says what became of each row.");
                IReadOnlyList<string> columns = LabelledTable.Open(file, answer).Header;
                var options = new TableTrainingOptions
                {
                    Table = file,
                    Label = answer,
                    Name = named,
                    Group = parsed.GetValue(group),
                    Time = parsed.GetValue(time),
                    Drop = SharedOptions.Names(parsed.GetValue(drop), columns),
                    AcceptLeaks = SharedOptions.Names(parsed.GetValue(accept), columns),
                    Trainer = learner.Read(parsed, columns),
                };
                published = await new TableTrainer(host).PublishAsync(parsed.GetValue(models)!, options, cancellation);
            }
            else
            {
                parsed.RefuseIgnored("the history has labels and accounts of its own. Leave it out, or give --table FILE, of which it names a column.", label, group, time);
                TrainerOptions trainer = learner.Read(parsed);
                await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: false, cancellation);
                var options = new HistoryTrainingOptions
                {
                    Name = named,
                    Trainer = trainer,
                    Scorecard = parsed.GetValue(scorecard) is { } card ? ScorecardDefinition.Load(card) : ScorecardDefinition.Default,
                    From = parsed.GetValue(from) is { } date ? InstantOptions.Read("--from", date) : null,
                    QualifyHorizon = Days(parsed.GetValue(qualify)),
                    CloseHorizon = Days(parsed.GetValue(close)),
                    Drop = SharedOptions.NamesOfHistory(parsed.GetValue(drop)),
                    AcceptLeaks = SharedOptions.NamesOfHistory(parsed.GetValue(accept)),
                };
                published = await new HistoryTrainer(history, host).PublishAsync(parsed.GetValue(models)!, options, cancellation);
            }

            if (parsed.GetValue(promote))
            {
                await published.PromoteAsync(cancellation);
            }

            published.Print(host, parsed.GetValue(json));
        });
        return command;
    }

    private static TimeSpan? Days(int? days) => days is { } number ? TimeSpan.FromDays(number) : null;
}
