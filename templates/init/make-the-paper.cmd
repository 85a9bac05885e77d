@echo off
rem Makes the papers of the workbooks in inputs, says whether they are ready, and waits.
chcp 65001 >nul
pushd "%~dp0"
set "PAPERS_PYTHON={{ python | replace("%", "%%") }}"
if exist "%PAPERS_PYTHON%" (
    "%PAPERS_PYTHON%" -P -m pipeline build %*
) else (
    where papers >nul 2>nul || echo The papers command is not installed on this machine: see README.txt.
    papers build %*
)
set PAPERS_EXIT=%ERRORLEVEL%
echo.
pause
popd
exit /b %PAPERS_EXIT%
