using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Tests.Spool;

public sealed class SpoolFileTests
{
    [Fact]
    public void Read_PartsWrittenMixedAndLargerThanTheBuffer_GivesEachPartsBytesInOrder()
    {
        const int parts = 50;
        var random = new Random(4);
        using var file = new SpoolFile();
        foreach (SpoolTables table in new[] { SpoolTables.Touches, SpoolTables.Outcomes })
        {
            List<byte>[] written = [.. Enumerable.Range(0, parts).Select(_ => new List<byte>())];
            file.Begin(table, parts);
            for (int i = 0; i < 3000; i++)
            {
                byte[] bytes = new byte[random.Next(40) == 0 ? random.Next(200_000) : random.Next(300)];
                random.NextBytes(bytes);
                int part = random.Next(parts - 1);
                written[part].AddRange(bytes);
                file.Append(part, bytes);
            }

            file.Flush();
            for (int part = 0; part < parts; part++)
            {
                (byte[] lent, int length) = file.Read(table, part);
                lent.AsSpan(0, length).SequenceEqual(written[part].ToArray()).ShouldBeTrue($"{table}, part {part}");
            }
        }
    }

    [Fact]
    public void File_WhileItIsUsed_HasNoNameThatOthersCouldOpen()
    {
        using var file = new SpoolFile();
        file.Begin(SpoolTables.Touches, 1);
        file.Append(0, "secret"u8);
        file.Flush();
        if (!OperatingSystem.IsWindows())
        {
            Directory.EnumerateFiles(Path.GetTempPath(), SpoolFile.Name + "*").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Pool_TextsOfAllKinds_AreFoundAgainUnderTheirNumbersUntilItIsFull()
    {
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => (i % 3) switch { 0 => $"lead-{i}", 1 => $"Führung {i} 領", _ => new string('x', i) })];
        var pool = new TextPool<int>(texts.Length, text => text.Length);
        byte[][] bytes = [.. texts.Select(System.Text.Encoding.UTF8.GetBytes)];

        bytes.Select(text => pool.FindOrAdd(text)).ShouldBe(Enumerable.Range(0, texts.Length));

        bytes.Select(text => pool.Find(text)).ShouldBe(Enumerable.Range(0, texts.Length));
        bytes.Select(text => pool.FindKnown(text)).ShouldBe(Enumerable.Range(0, texts.Length));
        Enumerable.Range(0, texts.Length).Select(number => pool[number]).ShouldBe(texts.Select(text => text.Length));
        pool.FindOrAdd("one more"u8).ShouldBe(-1);
        pool.Find("one more"u8).ShouldBe(-1);
    }
}
