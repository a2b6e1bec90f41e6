using System.Collections.Concurrent;

namespace Cleat.Admission.Pins;

/// <summary>Many who ask the same at the same time get one answer. Who gives up does not stop it for the others: each flight has its own end.</summary>
internal sealed class SharedFlights<TKey, TAnswer>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TAnswer>>> flights = new();

    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public Task<TAnswer> JoinAsync(TKey key, Func<Task<TAnswer>> start, CancellationToken cancellation) =>
        flights.GetOrAdd(key, _ => new(() => FlyAsync(key, start))).Value.WaitAsync(cancellation);

    private async Task<TAnswer> FlyAsync(TKey key, Func<Task<TAnswer>> start)
    {
        await Task.Yield();
        try
        {
            return await start();
        }
        finally
        {
            flights.TryRemove(key, out _);
        }
    }
}
