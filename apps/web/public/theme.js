// Sets the colours and the language before the first paint. An external file, because the policy allows no inline script.
(function () {
  var root = document.documentElement;
  var scheme = null;
  try {
    scheme = localStorage.getItem('centralita.scheme');
    var language = localStorage.getItem('centralita.language');
    if (language) root.lang = language;
  } catch (e) {
    // Storage can be forbidden; the system's colours then.
  }
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', scheme);
})();
