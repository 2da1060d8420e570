using LeadPredict.Storage.Spool;

namespace LeadPredict.Storage.Tests.Spool;

public sealed class SpoolFileTests
{
    [Fact]
    public void Sheets_FilledSideBySideWithRowsLargerThanTheBuffer_GiveEachPartsRowsInOrder()
    {
        const int parts = 50;
        using var file = new SpoolFile();
        SpoolSheet[] sheets = [new(file), new(file)];
        List<(int Lead, byte[] Row)>[][] written = [.. sheets.Select(_ => Enumerable.Range(0, parts).Select(_ => new List<(int, byte[])>()).ToArray())];
        Parallel.For(0, sheets.Length, sheet =>
        {
            var random = new Random(sheet);
            sheets[sheet].Begin(parts);
            for (int i = 0; i < 3000; i++)
            {
                byte[] row = new byte[random.Next(40) == 0 ? random.Next(200_000) : random.Next(300)];
                random.NextBytes(row);
                (int part, int lead) = (random.Next(parts - 1), random.Next(4000));
                written[sheet][part].Add((lead, row));
                sheets[sheet].Append(part, lead, row);
            }

            sheets[sheet].Flush();
        });
        for (int sheet = 0; sheet < sheets.Length; sheet++)
        {
            for (int part = 0; part < parts; part++)
            {
                (byte[] lent, int length) = sheets[sheet].Read(part);
                var read = new PackedReader(lent.AsSpan(0, length));
                foreach ((int lead, byte[] row) in written[sheet][part])
                {
                    read.Unsigned().ShouldBe((ulong)lead);
                    read.Take((int)read.Unsigned()).SequenceEqual(row).ShouldBeTrue($"sheet {sheet}, part {part}");
                }

                read.Left.ShouldBe(0);
            }
        }
    }

    [Fact]
    public void File_WhileItIsUsed_HasNoNameThatOthersCouldOpen()
    {
        using var file = new SpoolFile();
        file.Write("secret"u8);
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
        pool.Fetch([.. bytes.Select(text => TextPool<int>.Hash(text))]).ShouldBeInRange(texts.Length / 2, texts.Length);
        bytes.Select(text => pool.FindKnown(TextPool<int>.Hash(text), text)).ShouldBe(Enumerable.Range(0, texts.Length));
        Enumerable.Range(0, texts.Length).Select(number => pool[number]).ShouldBe(texts.Select(text => text.Length));
        pool.FindOrAdd("one more"u8).ShouldBe(-1);
        pool.Find("one more"u8).ShouldBe(-1);
    }
}
