namespace AgentOperator.Cel.Tests;

/// <summary>Functions that the specification's suite has no vectors of.</summary>
public sealed class LibraryTests
{
    [Theory]
    [InlineData("[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sort() == ['a', 'b']")]
    [InlineData("[{'n': 2}, {'n': 1}].sortBy(e, e.n).map(e, e.n) == [1, 2]")]
    [InlineData("[1, 2, 2, 3, 3].distinct() == [1, 2, 3] && [[1], [1], {'a': 1}].distinct().size() == 2")]
    [InlineData("[1, [2, [3]]].flatten() == [1, 2, [3]] && [1, [2, [3]]].flatten(2) == [1, 2, 3]")]
    [InlineData("[1, 2, 3, 4].slice(1, 3) == [2, 3] && lists.range(3) == [0, 1, 2] && [1, 2].reverse() == [2, 1]")]
    [InlineData("[1, 2].first().value() == 1 && [1, 2].last() == optional.of(2) && [].first() == optional.none()")]
    [InlineData("[1, 2].isSorted() && ![2, 1].isSorted() && [1, 2, 3].sum() == 6 && [].sum() == 0 && [2, 1].min() == 1 && [2, 1].max() == 2")]
    [InlineData("[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && [1].indexOf(5) == -1 && [duration('1s'), duration('2s')].sum() == duration('3s')")]
    [InlineData("sets.contains([1, 2], [2]) && sets.equivalent([1, 1], [1]) && sets.intersects([1, 2], [2, 3]) && !sets.contains([], [1])")]
    [InlineData("'abc 123'.find('[0-9]+') == '123' && '123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '1 2 3'.findAll('[0-9]', 2) == ['1', '2'] && 'a'.find('b') == ''")]
    [InlineData("regex.replace('foo bar', '(fo)o (ba)r', r'\\2 \\1') == 'ba fo' && regex.replace('banana', 'a', 'x', 2) == 'bxnxna'")]
    [InlineData("regex.extract('item-A, item-B', r'item-(\\w+)') == optional.of('A') && regex.extractAll('id:1, id:2', r'id:\\d') == ['id:1', 'id:2'] && regex.extract('a', 'b') == optional.none()")]
    [InlineData("'😀😃'.matches('^..$') && !'😀'.matches('^..$') && '😃'.matches('^[😀-😆]$') && '😀'.matches('^[^a]$') && 'a\\n'.matches('a$') == false && '٣'.matches(r'\\d') == false && 'a1_'.matches(r'^\\w+$')")]
    [InlineData("'foo'.matches('(?P<x>fo)o') && 'A'.matches('(?i)a') && 'a.b'.matches(r'^\\Qa.b\\E$') && 'é'.matches(r'\\pL') && 'x'.matches('^[[:alpha:]]$') && 'a\\nb'.matches('(?s)a.b') && !'a\\nb'.matches('a.b')")]
    [InlineData("url('https://user@example.com:8080/a b?k=1&k=2&l'.replace(' ', '%20')).getHost() == 'example.com:8080'")]
    [InlineData("cel.bind(u, url('https://[::1]:80/p/ä?k=a+b&k=%32'), u.getScheme() == 'https' && u.getHostname() == '::1' && u.getPort() == '80' && u.getEscapedPath() == '/p/%C3%A4' && u.getQuery() == {'k': ['a b', '2']})")]
    [InlineData("isURL('/a/b') && !isURL('a/b') && !isURL('https://a b') && isURL('https://example.com')")]
    [InlineData("!isIP('01.2.3.4') && !isIP('1.2.3') && isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33')")]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getFullYear('-01:00') == 0 && timestamp('9999-12-31T23:59:59Z').getFullYear('+01:00') == 10000 && timestamp('2024-02-29T12:00:00Z').getDayOfYear() == 59")]
    [InlineData("{'a': 1}.transformMapEntry(k, v, {string(v): k}) == {'1': 'a'} && [1, 2].transformMap(i, v, v * 2) == {0: 2, 1: 4}")]
    [InlineData("'%.2f|%s|%x'.format([2.345, [1, 'a'], 255]) == '2.35|[1, a]|ff' || '%.2f|%s|%x'.format([2.345, [1, 'a'], 255]) == '2.34|[1, a]|ff'")]
    [InlineData("math.greatest(1, 2.5, 2u) == 2.5 && math.least([3, 1, 2]) == 1")]
    [InlineData("quantity('1.5Gi') == quantity('1536Mi') && quantity('100m').isLessThan(quantity('0.2')) && quantity('2k').asInteger() == 2000 && quantity('1').add(1).sub(quantity('500m')) == quantity('1500m')")]
    [InlineData("quantity('-5').sign() == -1 && !quantity('0.5').isInteger() && quantity('50m').asApproximateFloat() == 0.05 && quantity('1e3').compareTo(quantity('1k')) == 0 && quantity('5E') == quantity('5e18') && quantity('.5') == quantity('5e-1')")]
    [InlineData("isQuantity('1Gi') && !isQuantity('1gi') && !isQuantity('') && !isQuantity('1..5') && !isQuantity('Gi') && !isQuantity('--1') && !isQuantity('1e999')")]
    [InlineData("semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-alpha.2').isLessThan(semver('1.0.0-alpha.10')) && semver('1.0.0-rc').isLessThan(semver('1.0.0')) && semver('1.0.0+a') == semver('1.0.0+b') && semver('v1.2', true).minor() == 2")]
    [InlineData("isSemver('1.2.3-rc.1+build') && !isSemver('v1.2.3') && !isSemver('1.2') && !isSemver('01.2.3') && isSemver('v01.2', true) && semver('1.2.3').compareTo(semver('1.2.3')) == 0")]
    [InlineData("regex.extractAll('k=a, k=, k=c', 'k=([^,]*)') == ['a', 'c'] && regex.extract('k=', 'k=(.*)') == optional.none() && regex.extract('b', '(a)?b') == optional.none()")]
    [InlineData("'a b c'.findAll(r'\\S*\\s*') == ['a ', 'b ', 'c'] && 'baaau'.findAll('a*') == ['', 'aaa', ''] && regex.replace('baaau', 'a*', 'x') == 'xbxux' && regex.replace('abc', 'x*', '-', 2) == '-a-bc'")]
    [InlineData("math.least(1u, dyn(42)) == 1 && math.greatest(1u, dyn(42.0)) == 42.0 && math.greatest(1u, 2u) == 2u")]
    [InlineData("cidr('10.0.0.0/8').isMask() && !cidr('10.0.0.1/8').isMask()")]
    [InlineData("[0.0 / 0.0, 1.0, 1.0, 0.0 / 0.0].distinct().size() == 3 && [semver('1.0.0+a'), semver('1.0.0+b')].distinct().size() == 1 && [0, 0u, 0.0, -0.0].distinct().size() == 1")]
    public void It_is_true(string text) => CelEnvironment.Standard.Compile(text).Evaluate(CelActivation.Empty).AsBool().ShouldBeTrue();

    [Theory]
    [InlineData("[1, 'a'].sort()", "of one type")]
    [InlineData("[].min()", "empty list")]
    [InlineData("quantity('1 Gi')", "is no quantity")]
    [InlineData("quantity('0.5').asInteger()", "cannot convert")]
    [InlineData("semver('v1.2')", "is no semantic version")]
    [InlineData("'a'.matches('(?=a)')", "of groups that begin with '(?'")]
    [InlineData("regex.extract('a', '(a)(b)')", "more than one capturing group")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('Nowhere/Land')", "no time zone")]
    [InlineData("timestamp('2026-02-30T00:00:00Z')", "is no timestamp")]
    [InlineData("duration('5 minutes')", "is no duration")]
    public void It_fails(string text, string message) =>
        Should.Throw<CelEvaluationException>(() => CelEnvironment.Standard.Compile(text).Evaluate(CelActivation.Empty)).Message.ShouldContain(message);
}
