using LeadPredict.Api.ScoreLog;

namespace LeadPredict.Api.Tests.ScoreLog;

public class InputFingerprints
{
    [Fact]
    public void Rows_ThatDifferByOneValue_HaveFingerprintsOfTheirOwn()
    {
        var random = new Random(3);
        foreach (int length in new[] { 0, 1, 2, 3, 40, 229 })
        {
            float[] row = [.. Enumerable.Range(0, length).Select(_ => random.Next(4) is var drawn && drawn == 0 ? float.NaN : drawn)];
            var seen = new HashSet<string> { InputFingerprint.Of(row) };
            InputFingerprint.Of([.. row]).ShouldBe(seen.Single());
            seen.Add(InputFingerprint.Of([.. row, 0])).ShouldBeTrue("a value more is another row");
            for (int i = 0; i < length; i++)
            {
                foreach (float other in new[] { 5f, -0f, 1e-30f })
                {
                    (float was, row[i]) = (row[i], other);
                    seen.Add(InputFingerprint.Of(row)).ShouldBeTrue();
                    row[i] = was;
                }
            }
        }
    }

    [Fact]
    public void Bits_OfAFingerprint_AreEachSetInHalfOfThem()
    {
        int[] set = new int[128];
        for (int row = 0; row < 4_000; row++)
        {
            UInt128 bits = UInt128.Parse(InputFingerprint.Of([1, 2, row, 0]), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
            for (int bit = 0; bit < set.Length; bit++)
            {
                set[bit] += (int)(bits >> bit & 1);
            }
        }

        // Within five standard deviations of half.
        set.ShouldAllBe(count => count > 1_842 && count < 2_158);
    }
}
