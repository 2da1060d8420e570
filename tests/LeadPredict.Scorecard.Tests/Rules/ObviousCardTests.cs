using LeadPredict.Funnel.Snapshots;
using LeadPredict.Funnel.Stages;
using LeadPredict.Testing;

namespace LeadPredict.Scorecard.Tests.Rules;

public class ObviousCardTests
{
    [Theory]
    [InlineData("default", 1)]
    [InlineData("olist", 2)]
    [InlineData("chains", 3)]
    public void Evaluate_RandomLeads_SaysWhatTheObviousWaySays(string name, int seed)
    {
        string yaml = name switch
        {
            "default" => ScorecardDefinition.Default.Yaml,
            "olist" => File.ReadAllText(SharedFiles.Repository("tests", "scorecards", "olist.yaml")),
            _ => Chains,
        };
        var obvious = new ObviousCard(yaml);
        var evaluator = new ScorecardEvaluator(Cards.Parse(yaml));
        ScorecardTally tally = evaluator.NewTally();
        string[] words = [.. obvious.Texts, "", "  ", "n/a", "Vice-President, Sales & Growth", "GESCHÄFTSFÜHRERIN", "İstanbul", "ſtudent", "250", "-3.5e2", "Infinity", "12 "];
        var random = new Random(seed);
        int scored = 0;
        for (int round = 0; round < 400; round++)
        {
            Snapshot snapshot = Cards.Take(Draw(random, words), 100);
            (double points, double fit, double engagement, List<(string Rule, double Points, int Hits)> items, bool[] met) = obvious.Evaluate(snapshot);

            ScorecardResult result = evaluator.Evaluate(snapshot);

            result.Points.ShouldBe(points);
            result.Fit.ShouldBe(fit);
            result.Engagement.ShouldBe(engagement);
            result.Items.Select(item => (item.Rule.StartsWith("limit of ", StringComparison.Ordinal) ? "limit" : item.Rule, item.Points, item.Hits)).ShouldBe(items);
            result.SqlCriteria.Select(criterion => criterion.Met).ShouldBe(met);
            evaluator.Count(snapshot, tally);
            (tally.Points, tally.Fit, tally.Engagement, tally.Grade, tally.Stage).ShouldBe((result.Points, result.Fit, result.Engagement, result.Grade, result.Stage));
            scored += points != 0 ? 1 : 0;
        }

        scored.ShouldBeGreaterThan(40, "the leads must give the rules something to count");
    }

    [Fact]
    public void Count_InSteadyState_AllocatesNothing()
    {
        ScorecardEvaluator evaluator = new(ScorecardDefinition.Default);
        ScorecardTally tally = evaluator.NewTally();
        Snapshot[] snapshots = [.. Enumerable.Range(0, 20).Select(i => Cards.Take(Draw(new(i), ["VP Marketing", "pricing", "software", "true", "250"]), 100))];
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (Snapshot snapshot in snapshots)
            {
                evaluator.Count(snapshot, tally);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // Code that the runtime has not compiled for good yet may box here and there.
        for (int i = 0; i < 5_000 && Allocated() > 0; i++)
        {
        }

        Allocated().ShouldBe(0);
    }

    private const string Chains = """
        version: 1
        mqlThreshold: 5
        totalLimits: { min: -20, max: 25 }
        grades: { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 30, 2: 20, 3: 10 } }
        groups:
          company:
            rules:
              - { name: number in text, points: 2, when: { attribute: budget, in: [5000, 250, high] } }
              - { name: range, points: 3, when: { attribute: budget, atLeast: -400, below: 1000 } }
              - { name: truth, points: -4, when: { attribute: need, is: false } }
              - { name: unset, points: 1, when: { attribute: need, missing: true } }
              - { name: part, points: 2.5, when: { attribute: email, contains: ["@GMAIL.", "straße"] } }
              - { name: words, points: 5, limit: 5, when: { all: [ { attribute: jobTitle, words: [stud*, vice president, geschäftsführer*] }, { not: { stage: [Won, Lost] } } ] } }
          online:
            limits: { min: -3, max: 18 }
            rules:
              - { name: reply after mail, points: 4, repeats: 3, limit: 7, decay: { halfLifeDays: 20, expiresDays: 60 }, when: { touch: email_reply, after: { touch: [email_sent, call], withinDays: 15 } } }
              - { name: meeting after both, points: 6, when: { touch: meeting, withinDays: 50, after: { touch: email_reply, after: { touch: email_sent, where: { page: pricing } } } } }
              - { name: any three, points: 1.5, repeats: 4, when: { touch: any, times: 3, where: { page: { contains: [ic, PRO] } } } }
              - { name: silent, points: -5, when: { not: { touch: [Call, meeting], withinDays: 30 } } }
        sqlCriteria:
          - { name: both, any: [ { touch: call, times: 2 }, { source: ["", referral] } ] }
        """;

    private static LeadBuilder Draw(Random random, string[] words)
    {
        string Word() => words[random.Next(words.Length)];
        string[] types = ["page_view", "email_click", "email_open", "demo_request", "email_unsubscribe", "webinar_attended", "call", "CALL", "email_reply", "email_sent", "meeting", "social_engagement", "content_download", "of_our_own"];
        var lead = new LeadBuilder().From(Word());
        foreach (string name in new[] { "jobTitle", "industry", "country", "email", "authority", "budget", "need", "timeline", "EMPLOYEES", "competitor", "relationship", "doNotContact", "newsletter" })
        {
            _ = random.Next(6) switch
            {
                0 => lead.Has(name, random.Next(2) == 0),
                1 => lead.Has(name, random.Next(-5, 40) * 25.0),
                2 => lead,
                3 => lead.Has(name, Word() + " " + Word()),
                _ => lead.Has(name, Word()),
            };
        }

        for (int i = random.Next(40); i > 0; i--)
        {
            lead.Touched(types[random.Next(types.Length)], random.Next(0, 200) / 2.0, properties: [("page", Word()), ("sentiment", Word()), ("intent", random.Next(2) == 0 ? "interested" : Word()), ("kind", random.Next(2) == 0 ? "offer" : Word()), ("action", Word())]);
        }

        for (int i = random.Next(4); i > 0; i--)
        {
            lead.Enters((Stage)random.Next(9), 10 + i);
        }

        return lead;
    }
}
