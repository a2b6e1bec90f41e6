namespace Cleat.Admission.Pins;

/// <summary>Answers that are good for a while: what was asked a short time ago is not asked again, and many who ask the same at the same time get one answer.</summary>
/// <param name="most">How many are kept.</param>
/// <param name="kept">For how long.</param>
internal sealed class RecentAnswers<TKey, TAnswer>(int most, TimeSpan kept, TimeProvider clock)
    where TKey : notnull
{
    private readonly BoundedMap<TKey, (TAnswer Answer, long At)> held = new(most);
    private readonly SharedFlights<TKey, TAnswer> flights = new();

    /// <param name="ask">The answer, and whether it is to be kept: what nobody answered is not.</param>
    /// <exception cref="OperationCanceledException">This caller gave up.</exception>
    public async Task<TAnswer> GetAsync(TKey key, Func<Task<(TAnswer Answer, bool IsKept)>> ask, CancellationToken cancellation)
    {
        if (held.TryGet(key, out var had) && clock.GetElapsedTime(had.At) < kept)
        {
            return had.Answer;
        }

        return await flights.JoinAsync(key, async () =>
        {
            var (answer, isKept) = await ask();
            if (isKept)
            {
                held.Set(key, (answer, clock.GetTimestamp()));
            }

            return answer;
        }, cancellation);
    }
}
