using LeadPredict.Artifacts.Tests;
using LeadPredict.Storage.Scores;

namespace LeadPredict.Api.Tests.ScoreLog;

public sealed class ScoreSpooling : IDisposable
{
    private const long Most = 64 << 20;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pages_Added_ComeBackWholeAndInOrder()
    {
        LoggedScore[] scores = [.. Enumerable.Range(0, 50).Select(i => GivenScores.Row($"{i}", i % 3 == 0 ? null : $"{{\"é\":\"{new string('x', i * 400)}\"}}"))];
        using ScoreSpool spool = ScoreSpool.Open(_folder["spool"], Most);
        foreach ((int number, LoggedScore[] page) in scores.Chunk(7).Index())
        {
            (number % 2 == 0 ? spool.TryAppend(page) : spool.TryAppend(Packed(page))).ShouldBeTrue();
        }

        spool.Waiting.ShouldBe(50);
        List<LoggedScore> seen = [];
        while (spool.Peek(2) is { Count: > 0 } read)
        {
            spool.Peek(2).Count.ShouldBe(read.Count, "what was looked at stays until it is removed");
            // Their answers lie in memory that is used again.
            seen.AddRange(read.Select(score => score with { AnswerUtf8 = score.AnswerUtf8.ToArray() }));
            spool.Remove();
        }

        seen.Select(score => score.Answer).ShouldBe(scores.Select(score => score.Answer));
        seen.Select(score => score with { AnswerUtf8 = default }).ShouldBe(scores.Select(score => score with { AnswerUtf8 = default }));
        (spool.Waiting, spool.Bytes).ShouldBe((0, 0));
        Directory.GetFiles(_folder["spool"]).ShouldBeEmpty();
    }

    [Fact]
    public void Files_OfAnEndedProcess_AreTakenOverWhereItStopped()
    {
        using (ScoreSpool spool = ScoreSpool.Open(_folder["spool"], Most))
        {
            Add(spool, "a", "b", "c");
            spool.Peek(1);
            spool.Remove();
        }

        using ScoreSpool next = ScoreSpool.Open(_folder["spool"], Most);
        Add(next, "d");
        Leads(next).ShouldBe(["b", "c", "d"]);
    }

    [Fact]
    public void Files_OfALivingProcess_AreLeftToIt()
    {
        using ScoreSpool first = ScoreSpool.Open(_folder["spool"], Most);
        Add(first, "a");
        using ScoreSpool second = ScoreSpool.Open(_folder["spool"], Most);
        Add(second, "b");
        Leads(second).ShouldBe(["b"]);
        Leads(first).ShouldBe(["a"]);
    }

    [Fact]
    public void Files_LeftForAnotherStore_AreLeftToItAndThoseOfNobodyAreTaken()
    {
        foreach ((string lead, string? whose) in new[] { ("a", "/data/prod.db"), ("b", (string?)null) })
        {
            using ScoreSpool left = ScoreSpool.Open(_folder["spool"], Most, whose);
            Add(left, lead);
        }

        using ScoreSpool staging = ScoreSpool.Open(_folder["spool"], Most, "/data/staging.db");
        Add(staging, "c");
        Leads(staging).ShouldBe(["b", "c"]);
        using ScoreSpool prod = ScoreSpool.Open(_folder["spool"], Most, "/data/prod.db");
        Leads(prod).ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("sqlite:leads.db", "sqlite:./leads.db", true)]
    [InlineData("sqlite:leads.db", "sqlite:staging.db", false)]
    [InlineData("Host=db;Database=leads;Username=a", "postgresql://b:secret@db/leads", true)]
    [InlineData("Host=db;Database=leads", "Host=db;Database=staging", false)]
    [InlineData("Host=db;Database=leads", "Host=db;Database=leads;Search Path=staging", false)]
    public void Whose_OfAStore_IsTheStoreHoweverItIsWritten(string one, string another, bool same) =>
        (ScoreSpool.WhoseFor(one) == ScoreSpool.WhoseFor(another)).ShouldBe(same);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LastPage_CutOffOrChanged_IsLeftOutAndWhatFollowsIsKept(bool cut)
    {
        using (ScoreSpool spool = ScoreSpool.Open(_folder["spool"], Most))
        {
            Add(spool, "a", "b", "c");
        }

        using (FileStream file = File.Open(Directory.GetFiles(_folder["spool"]).ShouldHaveSingleItem(), FileMode.Open))
        {
            if (cut)
            {
                file.SetLength(file.Length - 5);
            }
            else
            {
                file.Position = file.Length - 5;
                file.WriteByte(1);
            }
        }

        using ScoreSpool next = ScoreSpool.Open(_folder["spool"], Most);
        next.Peek(2).Select(score => score.LeadId).ShouldBe(["a", "b"]);
        next.Remove();
        next.Peek(2).ShouldBeEmpty();
        Add(next, "d");
        Leads(next).ShouldBe(["d"]);
        next.Waiting.ShouldBe(0);
    }

    [Fact]
    public void Room_ThatIsUsedUp_TakesNoPageUntilSomeAreRemoved()
    {
        using ScoreSpool spool = ScoreSpool.Open(_folder["spool"], 4 << 20);
        LoggedScore[] page = [GivenScores.Row("a", new string('x', 1 << 19))];
        int added = 0;
        while (spool.TryAppend(page))
        {
            added++;
        }

        (added, spool.Bytes <= spool.Most).ShouldBe((7, true));
        spool.TryAppend(page, anyway: true).ShouldBeTrue();
        for (int i = 0; i < 4; i++)
        {
            spool.Peek(1).Count.ShouldBe(1);
            spool.Remove();
        }

        spool.TryAppend(page).ShouldBeTrue();
    }

    [Fact]
    public void Files_AreTheirOwnersAlone()
    {
        using ScoreSpool spool = ScoreSpool.Open(_folder["spool"], Most);
        Add(spool, "a");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Directory.GetFiles(_folder["spool"])[0]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Directory.CreateDirectory(_folder["open"]);
            File.SetUnixFileMode(_folder["open"], (UnixFileMode)0b111_111_111);
            Should.Throw<IOException>(() => ScoreSpool.Open(_folder["open"], Most));
        }
    }

    private static ScorePage Packed(LoggedScore[] scores)
    {
        var page = new ScorePage();
        foreach (LoggedScore score in scores)
        {
            page.TryAdd(ScorePage.Pack(score)).ShouldBeTrue();
        }

        return page;
    }

    private static void Add(ScoreSpool spool, params string[] leads)
    {
        foreach (string lead in leads)
        {
            spool.TryAppend([GivenScores.Row(lead, "{}")]).ShouldBeTrue();
        }
    }

    private static List<string> Leads(ScoreSpool spool)
    {
        List<string> leads = [];
        while (spool.Peek(1) is { Count: > 0 } read)
        {
            leads.AddRange(read.Select(score => score.LeadId));
            spool.Remove();
        }

        return leads;
    }
}
