using LeadPredict.Funnel.Measures;

namespace LeadPredict.Funnel.Tests.Measures;

public class ConversionCurveTests
{
    /// <summary>Remission times of 21 leukaemia patients on 6-MP (Freireich et al. 1963), the textbooks' example; weeks here are days.</summary>
    private static readonly TimeToConvert[] Freireich =
    [
        .. new double[] { 6, 6, 6, 7, 10, 13, 16, 22, 23 }.Select(time => new TimeToConvert(time, true)),
        .. new double[] { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 }.Select(time => new TimeToConvert(time, false)),
    ];

    [Theory]
    [InlineData(6, 0.857, 0.620, 0.952)]
    [InlineData(23, 0.448, 0.188, 0.680)]
    public void Curve_TextbookExample_HasItsEstimateAndLogLogInterval(double days, double survival, double low, double high)
    {
        ShareEstimate share = new ConversionCurve(Freireich).At(days)!.Value;

        (1 - share.Value).ShouldBe(survival, 0.0006);
        (1 - share.High).ShouldBe(low, 0.0006);
        (1 - share.Low).ShouldBe(high, 0.0006);
    }

    [Fact]
    public void Curve_NobodyCensored_IsTheShareOfThoseThatConverted()
    {
        var curve = new ConversionCurve(Enumerable.Range(1, 40).Select(i => new TimeToConvert(i <= 13 ? i : 90, i <= 13)));

        curve.At(90)!.Value.Value.ShouldBe(13 / 40.0, 1e-12);
        curve.At(5)!.Value.Value.ShouldBe(5 / 40.0, 1e-12);
        curve.DaysTo(0.25).ShouldBe(10);
        curve.DaysTo(0.5).ShouldBeNull();
    }

    [Fact]
    public void Curve_RandomEpisodes_IsThatOfTheDefinition()
    {
        Random random = new(5);
        for (int round = 0; round < 50; round++)
        {
            TimeToConvert[] times = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => new TimeToConvert(random.Next(1, 20), random.Next(2) == 0))];
            double at = random.Next(1, 20);
            ShareEstimate? found = new ConversionCurve(times).At(at);
            double last = times.Max(time => time.Days);
            if (last < at && times.Any(time => time.Days == last && !time.Converted))
            {
                found.ShouldBeNull();
                continue;
            }

            double survival = 1;
            for (int day = 1; day <= at; day++)
            {
                int atRisk = times.Count(time => time.Days >= day);
                int converted = times.Count(time => time.Days == day && time.Converted);
                survival *= atRisk == 0 ? 1 : 1 - ((double)converted / atRisk);
            }

            found!.Value.Value.ShouldBe(1 - survival, 1e-12);
            found.Value.Low.ShouldBeLessThanOrEqualTo(found.Value.Value);
            found.Value.High.ShouldBeGreaterThanOrEqualTo(found.Value.Value);
        }
    }

    [Fact]
    public void Curve_AllEnded_IsTheShareWithTheIntervalOfSoManyDraws()
    {
        var curve = new ConversionCurve([.. Many(3, 5, true), .. Many(4, 2, false, left: true), .. Many(2, 20, true), .. Many(1, 50, false, left: true)]);

        ShareEstimate share = curve.At(90)!.Value;

        share.Value.ShouldBe(0.5, 1e-12);
        double spread = 1.959963984540054 * Math.Sqrt(0.25 / 10) / (0.5 * Math.Log(2));
        share.Low.ShouldBe(1 - Math.Pow(0.5, Math.Exp(-spread)), 1e-12);
        share.High.ShouldBe(1 - Math.Pow(0.5, Math.Exp(spread)), 1e-12);
    }

    [Fact]
    public void Curve_AllLeft_GoesOnAsNobody()
    {
        var others = new ConversionCurve([.. Many(30, 20, true), .. Many(70, 90, false)]);

        ShareEstimate share = new ConversionCurve(Many(6, 1, false, left: true)).At(90, others)!.Value;

        share.Value.ShouldBe(0);
        share.High.ShouldBe(1 - Math.Pow(0.025, 1 / 6.0), 1e-12);
    }

    [Fact]
    public void Curve_SomeLeft_OnlyThoseThatAreOpenGoOnAsTheOthersDid()
    {
        // Of the others that were open after 12 days a third converts.
        var others = new ConversionCurve([.. Many(10, 10, true), .. Many(20, 11, false, left: true), .. Many(20, 20, true), .. Many(40, 30, false, left: true)]);
        var young = new ConversionCurve([.. Many(2, 10, true), .. Many(5, 3, false, left: true), .. Many(3, 12, false)]);

        young.At(90, others)!.Value.Value.ShouldBe(0.2 + (0.3 / 3), 1e-12);
    }

    /// <summary>What the open ones will do is made of what others did: never less than has converted, never more than still can.</summary>
    [Fact]
    public void Curve_RandomEpisodes_LiesBetweenWhatHasConvertedAndWhatStillCan()
    {
        Random random = new(8);
        TimeToConvert[] Some(int count, int watched) =>
        [
            .. Enumerable.Range(0, count).Select(_ => random.Next(3) switch
            {
                0 => new TimeToConvert(random.Next(1, watched), true),
                1 => new TimeToConvert(random.Next(1, watched), false, Left: true),
                _ => new TimeToConvert(random.Next(1, watched), false),
            }),
        ];
        for (int round = 0; round < 300; round++)
        {
            TimeToConvert[] young = Some(random.Next(1, 12), 30);
            var others = new ConversionCurve([.. Some(100, 90), new(90, false)]);

            ShareEstimate share = new ConversionCurve(young).At(89, others)!.Value;

            double converted = young.Count(time => time.Converted);
            share.Value.ShouldBeGreaterThanOrEqualTo((converted / young.Length) - 1e-12);
            share.Value.ShouldBeLessThanOrEqualTo(((converted + young.Count(time => !time.Converted && !time.Left)) / young.Length) + 1e-12);
            share.Low.ShouldBeLessThanOrEqualTo(share.Value);
            share.High.ShouldBeGreaterThanOrEqualTo(share.Value);
        }
    }

    [Fact]
    public void Curve_TooYoungForTheHorizon_SaysNothingAlone() =>
        new ConversionCurve([new(5, true), new(10, false)]).At(30).ShouldBeNull();

    [Fact]
    public void Curve_TooYoung_GoesOnAsTheOthersDid()
    {
        // Of the others a tenth converts by day 10 and a further third of the rest on day 20.
        var others = new ConversionCurve([.. Many(10, 10, true), .. Many(30, 20, true), .. Many(60, 90, false)]);
        var young = new ConversionCurve([.. Many(20, 10, true), .. Many(80, 12, false)]);

        ShareEstimate share = young.At(90, others)!.Value;

        share.Value.ShouldBe(1 - (0.8 * (60.0 / 90)), 1e-12);
        share.Low.ShouldBeInRange(0.3, share.Value);
        share.High.ShouldBeInRange(share.Value, 0.6);
    }

    /// <summary>The last that is watched converts: that says nothing of the many that are watched no longer.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Curve_FewStillWatched_GoesOnAsTheOthersDid(bool lastConverts)
    {
        var others = new ConversionCurve([.. Many(30, 10, true), .. Many(10, 25, true), .. Many(60, 90, false)]);
        var young = new ConversionCurve([.. Many(20, 5, true), .. Many(60, 12, false), new(20, lastConverts)]);

        ShareEstimate share = young.At(60, others)!.Value;

        // A fifth of a quarter's rest: 20 of 81, and of those that are open a seventh.
        share.Value.ShouldBe((20.0 / 81) + (61.0 / 81 / 7), 0.01);
        share.High.ShouldBeLessThan(0.5);
    }

    /// <summary>One that is open among many that have ended moves nothing.</summary>
    [Fact]
    public void Curve_FewOpenAmongManyThatEnded_IsItsOwn()
    {
        var others = new ConversionCurve([.. Many(10, 10, true), .. Many(90, 90, false)]);
        var cohort = new ConversionCurve([.. Many(10, 5, true), new(8, false), .. Many(15, 10, false, left: true), .. Many(4, 30, true)]);

        cohort.At(60, others).ShouldBe(cohort.At(60));
        cohort.At(60)!.Value.Value.ShouldBeGreaterThan(14.0 / 30);
    }

    [Fact]
    public void Curve_YoungAndNoneConverted_StaysWideWhenFew()
    {
        var others = new ConversionCurve([.. Many(30, 20, true), .. Many(70, 90, false)]);

        ShareEstimate few = new ConversionCurve(Many(3, 5, false)).At(90, others)!.Value;
        ShareEstimate many = new ConversionCurve(Many(3000, 5, false)).At(90, others)!.Value;

        few.High.ShouldBeGreaterThan(0.7);
        many.High.ShouldBeLessThan(0.45);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Curve_NoneOrAllConverted_HasTheExactInterval(int share)
    {
        ShareEstimate found = new ConversionCurve(Many(20, 9, share == 1)).At(9)!.Value;

        found.Value.ShouldBe(share);
        (share == 0 ? found.High : 1 - found.Low).ShouldBe(1 - Math.Pow(0.025, 1 / 20.0), 1e-12);
    }

    [Fact]
    public void Interval_CensoredAtRandomTimes_HoldsTheTruthNineteenTimesInTwenty()
    {
        Random random = new(11);
        const double Rate = 0.01;
        double truth = 1 - Math.Exp(-Rate * 60);
        int held = 0;
        const int Rounds = 600;
        for (int round = 0; round < Rounds; round++)
        {
            var curve = new ConversionCurve(Enumerable.Range(0, 120).Select(_ =>
            {
                double converts = -Math.Log(1 - random.NextDouble()) / Rate;
                double watched = 120 * random.NextDouble();
                return new TimeToConvert(Math.Min(converts, watched), converts <= watched);
            }));
            held += curve.At(60) is { } share && share.Low <= truth && truth <= share.High ? 1 : 0;
        }

        ((double)held / Rounds).ShouldBeInRange(0.925, 0.975);
    }

    [Fact]
    public void Interval_SomeLeave_HoldsTheTruthNineteenTimesInTwenty()
    {
        Random random = new(12);
        const double Converts = 0.01;
        const double Leaves = 0.02;
        double truth = Converts / (Converts + Leaves) * (1 - Math.Exp(-(Converts + Leaves) * 60));
        int held = 0;
        const int Rounds = 600;
        for (int round = 0; round < Rounds; round++)
        {
            var curve = new ConversionCurve(Enumerable.Range(0, 120).Select(_ =>
            {
                double ends = -Math.Log(1 - random.NextDouble()) / (Converts + Leaves);
                double watched = 120 * random.NextDouble();
                bool converts = random.NextDouble() < Converts / (Converts + Leaves);
                return new TimeToConvert(Math.Min(ends, watched), ends <= watched && converts, ends <= watched && !converts);
            }));
            held += curve.At(60) is { } share && share.Low <= truth && truth <= share.High ? 1 : 0;
        }

        ((double)held / Rounds).ShouldBeInRange(0.925, 0.975);
    }

    private static TimeToConvert[] Many(int count, double days, bool converted, bool left = false) => [.. Enumerable.Repeat(new TimeToConvert(days, converted, left), count)];
}
