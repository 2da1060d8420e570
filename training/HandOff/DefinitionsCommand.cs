using System.CommandLine;
using LeadPredict.Api.HandOff;
using LeadPredict.Funnel.HandOff;
using LeadPredict.Scorecard.HandOff;
using LeadPredict.Storage;
using LeadPredict.Training.Hosting;

namespace LeadPredict.Training.HandOff;

/// <summary><c>leadpredict definitions</c>: what marketing and sales agreed on.</summary>
internal static class DefinitionsCommand
{
    public static Command Create(ConsoleHost host)
    {
        var adopt = new Option<string?>("--adopt") { Description = "A YAML file with the next version, to be in force from its 'from' date or from now." };
        var check = new Option<string?>("--check") { Description = "A YAML file to be checked only." };
        var actor = new Option<string?>("--actor") { Description = "Who adopts it." };
        var yaml = new Option<bool>("--yaml") { Description = "Print the definitions that ship with LeadPredict, to start a file of one's own." };
        Option<string> store = SharedOptions.Store();
        var json = CommandRunner.JsonOption();
        var command = new Command("definitions", "Show, check or adopt what marketing and sales agreed on: stages, reasons, promises.")
        {
            adopt, check, actor, yaml, store, json,
        };
        command.Run(host, async (parsed, cancellation) =>
        {
            if (parsed.GetValue(yaml))
            {
                host.Out.Write(HandOffFile.DefaultYaml);
                return;
            }

            if (parsed.GetValue(check) is { } file)
            {
                HandOffDefinition read = HandOffFile.Parse(HandOffFile.Read(file), file);
                Show(host, parsed.GetValue(json), [read], read, $"{file} is well formed: version {read.Version}");
                return;
            }

            // A file that is refused leaves no new store behind.
            string? adopted = parsed.GetValue(adopt);
            string? text = adopted is null ? null : HandOffFile.Read(adopted);
            if (text is not null)
            {
                HandOffFile.Parse(text, adopted!);
            }

            await using IHistoryStore history = await HistoryStores.OpenAsync(parsed.GetValue(store)!, create: text is not null, cancellation);
            var desk = new HandOffDesk(history, host.Time);
            if (text is not null)
            {
                (HandOffDefinition definition, bool isNew) = await desk.AdoptAsync(text, adopted!, parsed.GetValue(actor), cancellation);
                host.Error.WriteLine(isNew ? $"adopted version {definition.Version}" : $"version {definition.Version} was adopted before");
            }

            HandOffTimeline timeline = await desk.DefinitionsAsync(cancellation);
            HandOffDefinition now = timeline.InForceAt(host.Time.GetUtcNow());
            Show(host, parsed.GetValue(json), timeline.Versions, now, $"in force: version {now.Version} {now.Name}");
        });
        return command;
    }

    private static void Show(ConsoleHost host, bool json, IReadOnlyList<HandOffDefinition> versions, HandOffDefinition shown, string line)
    {
        if (json)
        {
            host.WriteJson(new { versions });
            return;
        }

        host.Out.WriteLine(line);
        foreach ((Funnel.Stages.Stage stage, string text) in shown.Stages)
        {
            host.Out.WriteLine($"  {stage}: {text}");
        }

        foreach (HandOffAction action in HandOffActions.All)
        {
            foreach (HandOffReason reason in shown.ReasonsOf(action))
            {
                host.Out.WriteLine($"  {action.Word()} {reason.Code}: {reason.Text}{(action == HandOffAction.Reject ? $" (to {reason.To})" : "")}");
            }
        }

        host.Out.WriteLine(FormattableString.Invariant($"  promised: SQLs a month {shown.SqlsPerMonth?.ToString() ?? "none"}, first call within hours {shown.FirstCallHours?.ToString() ?? "none"}"));
        foreach (HandOffDefinition later in versions.Where(version => version.Version > shown.Version))
        {
            host.Out.WriteLine(FormattableString.Invariant($"not yet in force: version {later.Version} {later.Name}, from {later.From:yyyy-MM-dd}"));
        }
    }
}
