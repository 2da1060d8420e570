namespace LeadPredict.Api.Rescoring;

/// <summary>What a worker does when there is nothing to do.</summary>
internal static class Rest
{
    /// <summary>Waits; returns at once, and quietly, when the service ends.</summary>
    public static Task RestAsync(this TimeProvider time, TimeSpan rest, CancellationToken stopping) =>
        Task.Delay(rest, time, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
