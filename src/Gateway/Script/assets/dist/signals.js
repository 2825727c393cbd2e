(()=>{var{globalPrivacyControl:a}=navigator;g.b=o=>a&&o.pe})();
