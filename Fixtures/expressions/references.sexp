; plain text
(template 0-10
  (text 0-10 "plain text"))

; ${input}
(template 0-8
  (expression 0-8
    (root 2-7 input)))

; ${ input }
(template 0-10
  (expression 0-10
    (root 3-8 input)))

; ${input.name}
(template 0-13
  (expression 0-13
    (root 2-7 input)
    (key 8-12 name)))

; ${input.first-name.Größe_2}
(template 0-29
  (expression 0-29
    (root 2-7 input)
    (key 8-18 first-name)
    (key 19-28 Größe_2)))

; ${gateway:8080.model}
(template 0-21
  (expression 0-21
    (root 2-14 gateway:8080)
    (key 15-20 model)))

; ${gateway:8080}
(template 0-15
  (expression 0-15
    (root 2-14 gateway:8080)))

; ${jobs.use-gpt4o.output.choices[0].message.content}
(template 0-51
  (expression 0-51
    (root 2-6 jobs)
    (key 7-16 use-gpt4o)
    (key 17-23 output)
    (key 24-31 choices)
    (index 31-34 0)
    (key 35-42 message)
    (key 43-50 content)))

; ${response[].choices[0].delta.content}
(template 0-38
  (expression 0-38
    (root 2-10 response)
    (chunk)
    (key 13-20 choices)
    (index 20-23 0)
    (key 24-29 delta)
    (key 30-37 content)))

; ${list[0]}
(template 0-10
  (expression 0-10
    (root 2-6 list)
    (root-index 6-9 0)))

; ${list[-1].x}
(template 0-13
  (expression 0-13
    (root 2-6 list)
    (root-index 6-10 -1)
    (key 11-12 x)))

; ${list[1:3]}
(template 0-12
  (expression 0-12
    (root 2-6 list)
    (root-index 6-11 1:3)))

; ${list[:]}
(template 0-10
  (expression 0-10
    (root 2-6 list)
    (root-index 6-9 :)))

; ${list[-2:]}
(template 0-12
  (expression 0-12
    (root 2-6 list)
    (root-index 6-11 -2:)))

; ${response[][0].x}
(template 0-18
  (expression 0-18
    (root 2-10 response)
    (chunk)
    (root-index 12-15 0)
    (key 16-17 x)))

; ${list.[0]}
(template 0-11
  (expression 0-11
    (root 2-6 list)
    (index 7-10 0)))

; ${list.[0][1]}
(template 0-14
  (expression 0-14
    (root 2-6 list)
    (index 7-10 0)
    (index 10-13 1)))

; ${list.[*].v}
(template 0-13
  (expression 0-13
    (root 2-6 list)
    (wildcard 7-10 *)
    (key 11-12 v)))

; ${rows.a.[1:]}
(template 0-14
  (expression 0-14
    (root 2-6 rows)
    (key 7-8 a)
    (slice 9-13 1:)))

; ${rows.a[1:]}
(template 0-13
  (expression 0-13
    (root 2-6 rows)
    (key 7-8 a)
    (slice 8-12 1:)))

; ${rows[0].in[*].k[-1]}
(template 0-22
  (expression 0-22
    (root 2-6 rows)
    (root-index 6-9 0)
    (key 10-12 in)
    (wildcard 12-15 *)
    (key 16-17 k)
    (index 17-21 -1)))

; ${input.0.1}
(template 0-12
  (expression 0-12
    (root 2-7 input)
    (key 8-9 0)
    (key 10-11 1)))

; ${list[99999999999999999999]}
(template 0-29
  (expression 0-29
    (root 2-6 list)
    (root-index 6-28 9223372036854775807)))

; Hi ${input.name}, you are ${input.age}.\n
(template 0-40
  (text 0-3 "Hi ")
  (expression 3-16
    (root 5-10 input)
    (key 11-15 name))
  (text 16-26 ", you are ")
  (expression 26-38
    (root 28-33 input)
    (key 34-37 age))
  (text 38-40 ".\n"))

; ${a}${b}
(template 0-8
  (expression 0-4
    (root 2-3 a))
  (expression 4-8
    (root 6-7 b)))

; $${x} \${x} $x {x} } ]
; 0-3 warning[attempted-escape]: '$' does not keep '${' from being replaced
; 6-9 warning[attempted-escape]: '\' does not keep '${' from being replaced
(template 0-22
  (text 0-1 "$")
  (expression 1-5
    (root 3-4 x))
  (text 5-7 " \\")
  (expression 7-11
    (root 9-10 x))
  (text 11-22 " $x {x} } ]"))

; ${\n\tinput.x\n}
(template 0-13
  (expression 0-13
    (root 4-9 input)
    (key 10-11 x)))

; ${input.l[١:٢]}
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-9 l)
    (slice 9-16 1:2)))

; ${list[٣]}
(template 0-11
  (expression 0-11
    (root 2-6 list)
    (root-index 6-10 3)))

; ${d..a.[b]["c"]/e.}
; 4-5 warning[path-junk]: '.' has no meaning in a path
(template 0-19
  (expression 0-19
    (root 2-3 d)
    (key 5-6 a)
    (key 8-9 b)
    (key 12-13 c)
    (key 16-17 e)))

; ${d.*}
; 4-5 warning[path-junk]: '*' has no meaning in a path
(template 0-6
  (expression 0-6
    (root 2-3 d)))

; $<input.x as number | 0.7>
(template 0-26
  (expression 0-26
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (cast 13-19
      (type 13-19 number))
    (default 22-25
      (text 22-25 "0.7"))))

; a $<input.x | b ${c | d} {> > e
(template 0-31
  (text 0-2 "a ")
  (expression 2-27
    (root 4-9 input)
    (angles)
    (key 10-11 x)
    (default 14-26
      (text 14-16 "b ")
      (expression 16-24
        (root 18-19 c)
        (default 22-23
          (text 22-23 "d")))
      (text 24-26 " {")))
  (text 27-31 " > e"))

; ${input.x | $<jobs.a.output>}
(template 0-29
  (expression 0-29
    (root 2-7 input)
    (key 8-9 x)
    (default 12-28
      (expression 12-28
        (root 14-18 jobs)
        (angles)
        (key 19-20 a)
        (key 21-27 output)))))

; $<input.x | $<input.y | z>>
(template 0-27
  (expression 0-27
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (default 12-26
      (expression 12-26
        (root 14-19 input)
        (angles)
        (key 20-21 y)
        (default 24-25
          (text 24-25 "z"))))))

; $<nope.x> $<input.x $<input and b>
(template 0-34
  (text 0-34 "$<nope.x> $<input.x $<input and b>"))

; ${inpu:.! | b}
; 8-9 warning[path-junk]: '!' has no meaning in a path
(template 0-14
  (expression 0-14
    (root 2-7 inpu:)
    (default 12-13
      (text 12-13 "b"))))

; ${a:b.c as text}
(template 0-16
  (expression 0-16
    (root 2-5 a:b)
    (key 6-7 c)
    (cast 11-15
      (type 11-15 text))))

; ${a: | b}
(template 0-9
  (expression 0-9
    (root 2-4 a:)
    (default 7-8
      (text 7-8 "b"))))

