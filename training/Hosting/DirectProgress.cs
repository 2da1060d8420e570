namespace LeadPredict.Training.Hosting;

/// <summary>Progress that reports on the caller's thread, in order; <see cref="System.Progress{T}"/> would post it elsewhere.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
